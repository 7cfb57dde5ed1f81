using AuthService.Hosting.Starting;

return await ServiceProcess.RunAsync(args);
