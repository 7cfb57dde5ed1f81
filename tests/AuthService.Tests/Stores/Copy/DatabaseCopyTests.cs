using System.Text.Json.Nodes;
using AuthService.Hosting;
using AuthService.Storage;
using AuthService.Storage.Copy;
using AuthService.Tests.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace AuthService.Tests.Stores.Copy;

/// <summary>All that the models have, copied and compared; and what stands in the way.</summary>
public sealed class DatabaseCopyTests(CopyFixture given) : IClassFixture<CopyFixture>
{
    // More than are reported at once.
    private const int RowsEach = 1_100;

    private static readonly IReadOnlyList<StoredModel> Models = FindModels();

    [Fact]
    public async Task Every_table_of_the_models_is_copied_and_the_same()
    {
        using var deployment = await FilledAsync(RowsEach);

        var copied = await deployment.CopyAsync();
        var compared = await deployment.CompareAsync();

        copied.ExitCode.ShouldBe(0, copied.Error);
        compared.ExitCode.ShouldBe(0, compared.Error);
        var tables = copied.Json.AsArray();
        tables.Select(NameOf).ShouldBe(TablesOfModels(), ignoreOrder: true);
        tables.ShouldAllBe(table => table!["rows"]!.GetValue<long>() == RowsEach && table["rows_in_target"]!.GetValue<long>() == RowsEach);
        (await deployment.AskAsync("SELECT count(*) FROM authservice.\"Accounts\"")).ShouldBe((long)RowsEach);
    }

    [Fact]
    public void Every_column_of_the_models_is_copied_in_a_form_that_can_be_compared()
    {
        foreach (var model in Models)
        {
            using var source = model.InSqlite(new SqliteConnection());
            using var target = model.InPostgres(new NpgsqlConnection());
            var tables = CopiedTable.In(source, target);

            foreach (var table in source.Model.GetRelationalModel().Tables)
            {
                var copied = tables.Single(candidate => candidate.Name == table.Name);
                copied.Columns.Select(column => column.Name).ShouldBe(table.Columns.Select(column => column.Name), ignoreOrder: true);
                copied.Columns.ShouldAllBe(column => RowDigest.Types.Contains(column.Type));

                // Tables are copied one by one, in any order.
                table.ForeignKeyConstraints.ShouldBeEmpty();
            }
        }
    }

    [Theory]
    [InlineData("UPDATE authservice.\"Accounts\" SET \"Locale\" = 'xx' WHERE \"Id\" = (SELECT max(\"Id\") FROM authservice.\"Accounts\")", "authservice.Accounts holds other values")]
    [InlineData("UPDATE authservice.\"Devices\" SET \"PublicKey\" = '\\x00' WHERE \"Id\" = (SELECT min(\"Id\") FROM authservice.\"Devices\")", "authservice.Devices holds other values")]
    [InlineData("UPDATE authservice.\"Sessions\" SET \"ExpiresAt\" = \"ExpiresAt\" + 1 WHERE \"Id\" = (SELECT min(\"Id\") FROM authservice.\"Sessions\")", "authservice.Sessions holds other values")]
    [InlineData("DELETE FROM account_keys.\"AccountKeys\" WHERE \"AccountId\" = (SELECT max(\"AccountId\") FROM account_keys.\"AccountKeys\")", "account_keys.AccountKeys has 2 rows of 3")]
    public async Task A_row_that_was_tampered_with_is_found(string tampering, string told)
    {
        using var deployment = await FilledAsync(rowsEach: 3);
        await deployment.CopyAsync();
        (await deployment.ExecuteAsync(tampering)).ShouldBeTrue();

        var compared = await deployment.CompareAsync();

        compared.ExitCode.ShouldBe(1);
        compared.Error.ShouldContain(told);
        compared.Json.AsArray().Count(table => !table!["same"]!.GetValue<bool>()).ShouldBe(1);
    }

    [Fact]
    public async Task A_row_that_the_target_changes_on_its_way_in_is_found_and_nothing_is_kept()
    {
        using var deployment = await EmptyTargetAsync();
        await deployment.ExecuteAsync(
            "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.\"Reason\" = ''spoilt''; RETURN NEW; END'; "
            + "CREATE TRIGGER spoil BEFORE INSERT ON authservice.\"AuditEvents\" FOR EACH ROW EXECUTE FUNCTION spoil()");

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("authservice.AuditEvents holds other values. Nothing was kept.");
        (await RowsInTargetAsync(deployment)).ShouldBe(0);
    }

    [Fact]
    public async Task A_row_that_the_target_does_not_take_leaves_nothing_behind()
    {
        using var deployment = await EmptyTargetAsync();
        await deployment.ExecuteAsync("ALTER TABLE authservice.\"Sessions\" ADD CHECK (\"ExpiresAt\" < 0)");

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("Copying ended early");
        (await RowsInTargetAsync(deployment)).ShouldBe(0);
    }

    [Fact]
    public async Task A_target_that_holds_a_row_is_left_alone()
    {
        using var deployment = await EmptyTargetAsync();
        await deployment.ExecuteAsync("INSERT INTO account_keys.\"AccountKeys\" VALUES ('somebody', 'kek', '\\x01')");

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("The target holds rows already, in account_keys.AccountKeys.");
        copied.Error.ShouldContain("DROP SCHEMA authservice, account_keys CASCADE");
        (await RowsInTargetAsync(deployment)).ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_is_not_made_twice_but_after_the_told_remedy_again()
    {
        using var deployment = await FilledAsync(rowsEach: 3);
        await deployment.CopyAsync();

        var second = await deployment.CopyAsync();
        await deployment.ExecuteAsync("DROP SCHEMA authservice, account_keys CASCADE");
        var third = await deployment.CopyAsync();

        second.ExitCode.ShouldBe(1);
        third.ExitCode.ShouldBe(0, third.Error);
    }

    [Theory]
    [InlineData("authservice.db")]
    [InlineData("account-keys.db")]
    public async Task A_file_that_somebody_has_open_is_refused(string file)
    {
        using var deployment = await FilledAsync(rowsEach: 3);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(deployment.Folder, file)};Pooling=false");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_schema";
        await command.ExecuteScalarAsync();

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain($"{file} is in use");
    }

    [Fact]
    public async Task Nobody_writes_a_file_that_is_being_copied()
    {
        using var deployment = await FilledAsync(rowsEach: 3);
        var model = Models.Single(candidate => candidate.File == "authservice.db");
        var (source, _) = await CopySource.OpenAsync(model, deployment.Folder, CancellationToken.None);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(deployment.Folder, model.File)};Pooling=false;Default Timeout=1");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = "DELETE FROM Accounts";

        await Should.ThrowAsync<SqliteException>(() => command.ExecuteNonQueryAsync());
        await source!.DisposeAsync();
        (await command.ExecuteNonQueryAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task A_source_that_is_behind_is_refused()
    {
        using var deployment = await given.NewDeploymentAsync();
        foreach (var model in Models)
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(deployment.Folder, model.File)};Pooling=false");
            await connection.OpenAsync();
        }

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("lacks 1 schema changes. Back it up and run: authctl database migrate");
    }

    [Fact]
    public async Task A_folder_without_databases_is_refused_and_gets_none()
    {
        using var deployment = await given.NewDeploymentAsync();

        var copied = await deployment.CopyAsync();

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("is not there. Name the data folder by --from.");
        Directory.GetFiles(deployment.Folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_target_nothing_is_copied()
    {
        var copied = await AuthCtlRun.OfAsync("database", "copy", "--environment", "Development");

        copied.ExitCode.ShouldBe(1);
        copied.Error.ShouldContain("Storage:ConnectionString is needed");
    }

    private async Task<Deployment> FilledAsync(int rowsEach)
    {
        var deployment = await given.NewDeploymentAsync();
        await deployment.MakeFilesAsync();
        await EveryTable.FillAsync(deployment.Folder, Models, rowsEach);
        return deployment;
    }

    /// <summary>Files with rows, and a target with the tables and none.</summary>
    private async Task<Deployment> EmptyTargetAsync()
    {
        var deployment = await FilledAsync(rowsEach: 3);
        await AuthCtlRun.OfAsync(
            "database", "migrate", "--environment", "Development", "--set", "Storage:Provider=Postgres",
            "--set", $"Storage:ConnectionString={deployment.ConnectionString}", "--set", $"Storage:DataPath={deployment.Folder}");
        return deployment;
    }

    private static async Task<long> RowsInTargetAsync(Deployment deployment)
    {
        var rows = 0L;
        foreach (var table in TablesOfModels())
            rows += (long)(await deployment.AskAsync($"SELECT count(*) FROM {table.Replace(".", ".\"", StringComparison.Ordinal)}\""))!;
        return rows;
    }

    private static string NameOf(JsonNode? table) => $"{table!["schema"]}.{table["table"]}";

    private static List<string> TablesOfModels() => [.. Models.SelectMany(model =>
    {
        using var rows = model.InSqlite(new SqliteConnection());
        return rows.Model.GetRelationalModel().Tables.Select(table => $"{model.Schema}.{table.Name}").ToList();
    })];

    private static List<StoredModel> FindModels()
    {
        using IDisposable app = AuthServiceApplication.Build(["--environment", "Development"]);
        return [.. ((WebApplication)app).Services.GetServices<StoredModel>()];
    }
}
