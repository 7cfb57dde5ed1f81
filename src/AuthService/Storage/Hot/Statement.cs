using System.Data.Common;

namespace AuthService.Storage.Hot;

/// <summary>A statement written by hand, in a store's words. Its parameters are called @p0, @p1 and so on.</summary>
/// <param name="table">Whose rows it is about.</param>
/// <param name="sql">The text.</param>
internal abstract class Statement(string table, string sql)
{
    public string Table { get; } = table;

    public string Sql { get; } = sql;

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

    public abstract void AddParameters(DbParameterCollection parameters, Func<DbParameter> create);
}

/// <inheritdoc cref="Statement"/>
/// <typeparam name="TValues">What its parameters are taken from: a row, or its key.</typeparam>
/// <param name="table">Whose rows it is about.</param>
/// <param name="sql">The text.</param>
/// <param name="parameters">The columns that they hold.</param>
internal sealed class Statement<TValues>(string table, string sql, IReadOnlyList<Column<TValues>> parameters) : Statement(table, sql)
{
    public IReadOnlyList<Column<TValues>> Parameters { get; } = parameters;

    public override void AddParameters(DbParameterCollection parameters, Func<DbParameter> create)
    {
        for (var at = 0; at < Parameters.Count; at++)
        {
            var parameter = create();
            (parameter.ParameterName, parameter.DbType) = ($"@p{at}", Parameters[at].Type);
            parameters.Add(parameter);
        }
    }

    /// <summary>Gives the parameters the values.</summary>
    public void Bind(DbParameterCollection parameters, TValues values)
    {
        for (var at = 0; at < Parameters.Count; at++)
            parameters[at].Value = Parameters[at].Value(values) ?? DBNull.Value;
    }
}
