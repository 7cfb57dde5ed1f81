using System.CommandLine;
using AuthService.Cli;

return await AuthCtl.Root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
