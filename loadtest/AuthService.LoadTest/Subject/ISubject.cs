using Grpc.Net.Client;

namespace AuthService.LoadTest.Subject;

/// <summary>A service that people can be made for: it can be called, and what it sends can be read.</summary>
internal interface ISubject
{
    GrpcChannel Channel { get; }

    /// <summary>The next code that a contact is sent. Waits for it.</summary>
    Task<string> CodeAsync(string contact);
}
