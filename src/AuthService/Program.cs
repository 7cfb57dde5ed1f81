using AuthService.Hosting;

await using var app = AuthServiceApplication.Build(args);
await app.RunAsync();
