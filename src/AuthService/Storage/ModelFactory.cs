using Microsoft.EntityFrameworkCore;

namespace AuthService.Storage;

/// <summary>Makes contexts of a model in the form of one store.</summary>
internal sealed class ModelFactory<TModel, TContext>(IDbContextFactory<TContext> contexts) : IDbContextFactory<TModel>
    where TModel : DbContext
    where TContext : TModel
{
    public TModel CreateDbContext() => contexts.CreateDbContext();

    public async Task<TModel> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await contexts.CreateDbContextAsync(cancellationToken);
}
