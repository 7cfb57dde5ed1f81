using System.Data.Common;

namespace AuthService.Storage.Hot;

/// <summary>A statement that is to be run at the end of its transaction, with the values that its row has then.</summary>
internal abstract class HotWrite
{
    public abstract Statement Statement { get; }

    public abstract void Bind(DbParameterCollection parameters);
}

/// <inheritdoc/>
internal sealed class HotWrite<TValues>(Statement<TValues> statement, TValues values) : HotWrite
{
    public override Statement Statement => statement;

    public override void Bind(DbParameterCollection parameters) => statement.Bind(parameters, values);
}
