using System.Data;
using System.Data.Common;
using AuthService.Storage.Rows;

namespace AuthService.Storage.Hot;

/// <summary>A statement written by hand, in a store's words. Its parameters are called @p0, @p1 and so on.</summary>
/// <typeparam name="TRow">What its parameters are taken from.</typeparam>
/// <param name="Sql">The text.</param>
/// <param name="Parameters">The columns of the row that they hold.</param>
internal sealed record Statement<TRow>(string Sql, IReadOnlyList<Column<TRow>> Parameters)
{
    /// <summary>Makes a command of it, without values.</summary>
    public TCommand Fill<TCommand>(TCommand command)
        where TCommand : DbCommand
    {
#pragma warning disable CA2100 // every name in it is written in this folder
        command.CommandText = Sql;
#pragma warning restore CA2100
        AddParameters(command.Parameters, command.CreateParameter);
        return command;
    }

    public void AddParameters(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var at = 0; at < Parameters.Count; at++)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.DbType) = ($"@p{at}", Parameters[at].Type);
            parameters.Add(parameter);
        }
    }

    /// <summary>Gives the parameters the row's values.</summary>
    public void Bind(DbParameterCollection parameters, TRow row)
    {
        for (var at = 0; at < Parameters.Count; at++)
            parameters[at].Value = Parameters[at].Value(row) ?? DBNull.Value;
    }
}

/// <summary>The statements, in one store's words.</summary>
/// <param name="schema">What tables' names begin with, or empty.</param>
/// <param name="lockingRow">What makes a SELECT lock the row that it finds, or empty.</param>
internal sealed class Statements(string schema, string lockingRow)
{
    private static readonly Column<SessionRow> SessionId = SessionColumns.All[0];

    public Statement<string> SelectSession { get; } = new(
        $"SELECT {Names(SessionColumns.All)} FROM {schema}\"Sessions\" WHERE \"Id\" = @p0{lockingRow}", [new("Id", DbType.String, id => id)]);

    public Statement<SessionRow> UpdateSession { get; } = new(
        $"UPDATE {schema}\"Sessions\" SET {string.Join(", ", SessionColumns.Changing.Select((column, at) => $"\"{column.Name}\" = @p{at}"))} "
        + $"WHERE \"Id\" = @p{SessionColumns.Changing.Count}",
        [.. SessionColumns.Changing, SessionId]);

    public Statement<AuditEventRow> InsertEvent { get; } = new(
        $"INSERT INTO {schema}\"AuditEvents\" ({Names(EventColumns.All)}) VALUES ({string.Join(", ", EventColumns.All.Select((_, at) => $"@p{at}"))})",
        EventColumns.All);

    /// <summary>What <c>COPY</c> of PostgreSQL needs to write events.</summary>
    public string CopyEvents { get; } = $"COPY {schema}\"AuditEvents\" ({Names(EventColumns.All)}) FROM STDIN (FORMAT BINARY)";

    private static string Names<TRow>(IEnumerable<Column<TRow>> columns) => string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
}
