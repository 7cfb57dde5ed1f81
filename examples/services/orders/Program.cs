using System.Security.Claims;
using AuthService.Client.AspNetCore;
using Orders;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthServiceSessions(options => builder.Configuration.Bind("AuthService", options));
builder.Services.AddSingleton<OrderBook>();
var app = builder.Build();

var orders = app.MapGroup("/orders").RequireSessionScope("account");
orders.MapGet("", (ClaimsPrincipal person, OrderBook book) => book.Of(person.AccountIdOfSession()!));
orders.MapPost("", (NewOrder order, ClaimsPrincipal person, OrderBook book) =>
    order.Item is { Length: > 0 and <= 100 } item && book.TryPlace(person.AccountIdOfSession()!, item) is { } placed
        ? Results.Created($"/orders/{placed.Number}", placed)
        : Results.BadRequest());

// A stolen password must not spend money: whoever has passed one factor only is told to step up.
orders.MapPost("/{number:int}/payment", (int number, ClaimsPrincipal person, OrderBook book) =>
    book.TryPay(person.AccountIdOfSession()!, number) ? Results.NoContent() : Results.NotFound()).RequireAal("aal2");

await app.RunAsync();
