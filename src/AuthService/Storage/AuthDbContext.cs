using AuthService.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AuthService.Storage;

/// <summary>The one model of accounts, devices, profiles, sessions, consents and audit. Use it through <see cref="Database"/>.</summary>
public abstract class AuthDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<AccountRow> Accounts => Set<AccountRow>();
    public DbSet<ContactRow> Contacts => Set<ContactRow>();
    public DbSet<ConsentRow> Consents => Set<ConsentRow>();
    public DbSet<ProfileRow> Profiles => Set<ProfileRow>();
    public DbSet<NetworkAccountRow> NetworkAccounts => Set<NetworkAccountRow>();
    public DbSet<PopulationRow> Population => Set<PopulationRow>();
    public DbSet<DeviceRow> Devices => Set<DeviceRow>();
    public DbSet<DeviceTokenRow> DeviceTokens => Set<DeviceTokenRow>();
    public DbSet<FactorRow> Factors => Set<FactorRow>();
    public DbSet<RecoveryCodeRow> RecoveryCodes => Set<RecoveryCodeRow>();
    public DbSet<VerificationRow> Verifications => Set<VerificationRow>();
    public DbSet<ContactChangeRow> ContactChanges => Set<ContactChangeRow>();
    public DbSet<WaitingRecoveryRow> WaitingRecoveries => Set<WaitingRecoveryRow>();
    public DbSet<ReportTokenRow> ReportTokens => Set<ReportTokenRow>();
    public DbSet<StepUpRow> StepUps => Set<StepUpRow>();
    public DbSet<SessionRow> Sessions => Set<SessionRow>();
    public DbSet<SessionChangeRow> SessionChanges => Set<SessionChangeRow>();
    public DbSet<AttemptRow> Attempts => Set<AttemptRow>();
    public DbSet<ConsumedChallengeRow> ConsumedChallenges => Set<ConsumedChallengeRow>();
    public DbSet<AuditEventRow> AuditEvents => Set<AuditEventRow>();
    public DbSet<RequestRow> Requests => Set<RequestRow>();
    public DbSet<MessageRow> Messages => Set<MessageRow>();
    public DbSet<ServiceCredentialRow> ServiceCredentials => Set<ServiceCredentialRow>();
    public DbSet<RiskPolicyRow> RiskPolicies => Set<RiskPolicyRow>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<AccountRow>(account =>
        {
            account.HasKey(row => row.Id);

            // The few that start-up looks for, among millions.
            account.HasIndex(row => row.IsDecoy).HasFilter("\"IsDecoy\"");
        });

        modelBuilder.Entity<ContactRow>(contact =>
        {
            contact.HasKey(row => row.BlindIndex);
            contact.HasIndex(row => row.AccountId);
            contact.HasIndex(row => row.KeyId);
        });

        modelBuilder.Entity<ConsentRow>().HasKey(row => new { row.AccountId, row.Purpose, row.DeviceId });

        modelBuilder.Entity<ProfileRow>().HasKey(row => row.AccountId);

        modelBuilder.Entity<PopulationRow>(value =>
        {
            value.HasKey(row => row.Key);
            value.HasIndex(row => row.UpdatedAt);
        });
        modelBuilder.Entity<NetworkAccountRow>(network =>
        {
            network.HasKey(row => new { row.Network, row.Account });
            network.HasIndex(row => row.LastSeenAt);
        });

        modelBuilder.Entity<DeviceRow>(device =>
        {
            device.HasKey(row => row.Id);
            device.HasIndex(row => row.AccountId);
            device.HasIndex(row => row.KeyThumbprint).IsUnique();
        });

        modelBuilder.Entity<DeviceTokenRow>(token =>
        {
            token.HasKey(row => row.Id);
            token.HasIndex(row => row.AccountId);
            token.HasIndex(row => row.CurrentHash).IsUnique();
            token.HasIndex(row => row.NextHash).IsUnique();
        });

        modelBuilder.Entity<FactorRow>(factor =>
        {
            factor.HasKey(row => row.Id);
            factor.HasIndex(row => row.AccountId);
        });

        modelBuilder.Entity<RecoveryCodeRow>(code =>
        {
            code.HasKey(row => row.Hash);
            code.HasIndex(row => row.FactorId);
        });

        modelBuilder.Entity<VerificationRow>(verification =>
        {
            verification.HasKey(row => row.Id);
            verification.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<ContactChangeRow>(change =>
        {
            change.HasKey(row => row.Id);
            change.HasIndex(row => new { row.AccountId, row.Kind });
            change.HasIndex(row => new { row.MadeAt, row.TrustedFrom });
        });

        modelBuilder.Entity<WaitingRecoveryRow>(recovery =>
        {
            recovery.HasKey(row => row.AccountId);
            recovery.HasIndex(row => row.TrustedFrom);
        });

        modelBuilder.Entity<ReportTokenRow>(token =>
        {
            token.HasKey(row => row.Hash);
            token.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<StepUpRow>(stepUp =>
        {
            stepUp.HasKey(row => row.Id);
            stepUp.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<SessionRow>(session =>
        {
            session.HasKey(row => row.Id);
            session.HasIndex(row => new { row.AccountId, row.CreatedAt });
            session.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<SessionChangeRow>(change =>
        {
            change.HasKey(row => row.Sequence);
            change.Property(row => row.Sequence).ValueGeneratedOnAdd();
            change.HasIndex(row => row.At);
        });

        modelBuilder.Entity<AttemptRow>(attempt =>
        {
            attempt.HasKey(row => row.Target);
            attempt.HasIndex(row => row.LastAt);
        });

        modelBuilder.Entity<ConsumedChallengeRow>(challenge =>
        {
            challenge.HasKey(row => row.Hash);
            challenge.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<AuditEventRow>(audit =>
        {
            audit.HasKey(row => row.Sequence);
            audit.Property(row => row.Sequence).ValueGeneratedOnAdd();
            audit.HasIndex(row => new { row.AccountId, row.Sequence });
            audit.HasIndex(row => new { row.Type, row.Sequence });
            audit.HasIndex(row => new { row.SessionId, row.Sequence }).HasFilter("\"SessionId\" IS NOT NULL");
            audit.HasIndex(row => row.VerdictId).HasFilter("\"VerdictId\" IS NOT NULL");
            audit.HasIndex(row => row.At);
        });

        modelBuilder.Entity<RequestRow>(request =>
        {
            request.HasKey(row => row.Key);
            request.HasIndex(row => row.ExpiresAt);
        });

        modelBuilder.Entity<MessageRow>(message =>
        {
            message.HasKey(row => row.Id);
            message.HasIndex(row => row.NextAttemptAt);
        });

        modelBuilder.Entity<ServiceCredentialRow>(credential =>
        {
            credential.HasKey(row => row.Id);
            credential.HasIndex(row => row.Hash).IsUnique();
        });

        modelBuilder.Entity<RiskPolicyRow>(policy =>
        {
            policy.HasKey(row => row.Version);
            policy.Property(row => row.Version).ValueGeneratedNever();
        });
    }

    /// <summary>Times are whole milliseconds since 1970, UTC: the same in every store, and they sort.</summary>
    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        time => time.ToUnixTimeMilliseconds(),
        milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
