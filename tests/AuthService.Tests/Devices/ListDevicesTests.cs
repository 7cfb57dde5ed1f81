using AuthService.V1;

namespace AuthService.Tests.Devices;

public sealed class ListDevicesTests(SharedService shared) : IClassFixture<SharedService>
{
    private readonly TestService _service = shared.Service;

    [Fact]
    public async Task The_account_s_own_devices_are_listed_the_newest_first()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var other = await SeededAccount.CreateAsync(_service);
        using var foreign = await TestDevice.BindAsync(_service, await other.SignInAsync());
        var ids = await BindAsync(account, 3);

        var listed = await _service.Devices.ListDevicesAsync(new ListDevicesRequest(), SeededAccount.As(await account.SignInAsync()));

        listed.Devices.Select(device => device.DeviceId).ShouldBe(Enumerable.Reverse(ids));
        listed.NextPageToken.ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_overlap()
    {
        var account = await SeededAccount.CreateAsync(_service);
        var ids = await BindAsync(account, 5);
        var session = SeededAccount.As(await account.SignInAsync());
        var seen = new List<string>();
        var request = new ListDevicesRequest { PageSize = 2 };

        do
        {
            var page = await _service.Devices.ListDevicesAsync(request, session);
            page.Devices.Count.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Devices.Select(device => device.DeviceId));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        seen.ShouldBe(Enumerable.Reverse(ids));
    }

    [Theory]
    [InlineData(-1, "", "page_size")]
    [InlineData(0, "made up", "page_token")]
    public async Task A_page_that_cannot_be_is_refused(int size, string token, string field)
    {
        var account = await SeededAccount.CreateAsync(_service);

        var refusal = await Refusals.OfAsync(_service.Devices.ListDevicesAsync(
            new ListDevicesRequest { PageSize = size, PageToken = token }, SeededAccount.As(await account.SignInAsync())));

        refusal.Fields().ShouldBe([field]);
    }

    private async Task<List<string>> BindAsync(SeededAccount account, int count)
    {
        var ids = new List<string>();
        for (var number = 0; number < count; number++)
        {
            using var device = await TestDevice.BindAsync(_service, await account.SignInAsync());
            ids.Add(device.Device.DeviceId);
            _service.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        return ids;
    }
}
