using System.Security.Cryptography;
using AuthService.Security.Keys;
using AuthService.Storage.Rows;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;
