using AuthService.RiskLab.Logins;

namespace AuthService.RiskLab.Files;

/// <summary>A login as a file has it.</summary>
/// <param name="Index">As the file names it; written back as it is.</param>
/// <param name="Login">What is judged.</param>
internal readonly record struct FileLogin(string Index, LabLogin Login);
