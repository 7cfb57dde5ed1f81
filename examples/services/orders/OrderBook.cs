using System.Collections.Concurrent;

namespace Orders;

internal sealed record NewOrder(string? Item);

internal sealed record Order(int Number, string Item, bool IsPaid);

/// <summary>Everybody's orders, each person's apart, until the process ends. At most a hundred for each person.</summary>
internal sealed class OrderBook
{
    private const int MostOrders = 100;

    private readonly ConcurrentDictionary<string, List<Order>> _byAccount = new(StringComparer.Ordinal);

    public IReadOnlyList<Order> Of(string account)
    {
        var orders = OrdersOf(account);
        lock (orders)
            return [.. orders];
    }

    /// <summary>The order; null if the person has too many already.</summary>
    public Order? TryPlace(string account, string item)
    {
        var orders = OrdersOf(account);
        lock (orders)
        {
            if (orders.Count == MostOrders)
                return null;

            var order = new Order(orders.Count + 1, item, IsPaid: false);
            orders.Add(order);
            return order;
        }
    }

    public bool TryPay(string account, int number)
    {
        var orders = OrdersOf(account);
        lock (orders)
        {
            if (number < 1 || number > orders.Count)
                return false;

            orders[number - 1] = orders[number - 1] with { IsPaid = true };
            return true;
        }
    }

    private List<Order> OrdersOf(string account) => _byAccount.GetOrAdd(account, _ => []);
}
