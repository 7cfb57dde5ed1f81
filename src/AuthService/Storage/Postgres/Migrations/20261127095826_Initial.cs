using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace AuthService.Storage.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "authservice");

            migrationBuilder.CreateTable(
                name: "Accounts",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    IsDecoy = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false),
                    VerifiedAt = table.Column<long>(type: "bigint", nullable: true),
                    PasswordHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PasswordStandsAlone = table.Column<bool>(type: "boolean", nullable: false),
                    PasswordChangedAt = table.Column<long>(type: "bigint", nullable: false),
                    PolicyVersion = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Locale = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EmailSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    PhoneNumberSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    GivenNameSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    FamilyNameSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    AddressSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    RecoveredAt = table.Column<long>(type: "bigint", nullable: true),
                    RecoveredBy = table.Column<int>(type: "integer", nullable: true),
                    GuardTakenAwayAt = table.Column<long>(type: "bigint", nullable: true),
                    PasswordResetRequiredAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Accounts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Attempts",
                schema: "authservice",
                columns: table => new
                {
                    Target = table.Column<byte[]>(type: "bytea", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    LastAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Attempts", x => x.Target);
                });

            migrationBuilder.CreateTable(
                name: "AuditEvents",
                schema: "authservice",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Id = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    At = table.Column<long>(type: "bigint", nullable: false),
                    Type = table.Column<int>(type: "integer", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SessionId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DeviceId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Rpc = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Caller = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    NetworkToken = table.Column<byte[]>(type: "bytea", nullable: true),
                    NetworkSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    VerdictId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Verdict = table.Column<byte[]>(type: "bytea", nullable: true),
                    Decision = table.Column<int>(type: "integer", nullable: true),
                    ScoreMillibits = table.Column<long>(type: "bigint", nullable: true),
                    PolicyVersion = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    ModelVersion = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Details = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AuditEvents", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Consents",
                schema: "authservice",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    DeviceId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    GrantedAt = table.Column<long>(type: "bigint", nullable: false),
                    WithdrawnAt = table.Column<long>(type: "bigint", nullable: true),
                    PolicyVersion = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Consents", x => new { x.AccountId, x.Purpose, x.DeviceId });
                });

            migrationBuilder.CreateTable(
                name: "ConsumedChallenges",
                schema: "authservice",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConsumedChallenges", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "ContactChanges",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    NewSealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    OldSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    TrustedFrom = table.Column<long>(type: "bigint", nullable: false),
                    MadeAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ContactChanges", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Contacts",
                schema: "authservice",
                columns: table => new
                {
                    BlindIndex = table.Column<byte[]>(type: "bytea", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    KeyId = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Contacts", x => x.BlindIndex);
                });

            migrationBuilder.CreateTable(
                name: "Devices",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PublicKey = table.Column<byte[]>(type: "bytea", nullable: false),
                    KeyThumbprint = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    NameSealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    Category = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastSeenAt = table.Column<long>(type: "bigint", nullable: false),
                    TrustedFrom = table.Column<long>(type: "bigint", nullable: false),
                    Attested = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Devices", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "DeviceTokens",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DeviceId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CurrentHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    NextHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    LastUsedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DeviceTokens", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Factors",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    NameSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    SecretSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ConfirmedAt = table.Column<long>(type: "bigint", nullable: true),
                    IsCountersigned = table.Column<bool>(type: "boolean", nullable: false),
                    TrustedFrom = table.Column<long>(type: "bigint", nullable: true),
                    LastTimeStep = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Factors", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Messages",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Sealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    NextAttemptAt = table.Column<long>(type: "bigint", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Messages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "NetworkAccounts",
                schema: "authservice",
                columns: table => new
                {
                    Network = table.Column<byte[]>(type: "bytea", nullable: false),
                    Account = table.Column<byte[]>(type: "bytea", nullable: false),
                    LastSeenAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NetworkAccounts", x => new { x.Network, x.Account });
                });

            migrationBuilder.CreateTable(
                name: "Population",
                schema: "authservice",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "bytea", nullable: false),
                    Sketch = table.Column<byte[]>(type: "bytea", nullable: false),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Population", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "Profiles",
                schema: "authservice",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Profile = table.Column<byte[]>(type: "bytea", nullable: false),
                    WhereaboutsSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    WhereaboutsUntil = table.Column<long>(type: "bigint", nullable: true),
                    UpdatedAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Profiles", x => x.AccountId);
                });

            migrationBuilder.CreateTable(
                name: "RecoveryCodes",
                schema: "authservice",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    FactorId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    UsedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RecoveryCodes", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "ReportTokens",
                schema: "authservice",
                columns: table => new
                {
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    VerdictId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    UsedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReportTokens", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "Requests",
                schema: "authservice",
                columns: table => new
                {
                    Key = table.Column<byte[]>(type: "bytea", nullable: false),
                    RequestHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ResponseSealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Requests", x => x.Key);
                });

            migrationBuilder.CreateTable(
                name: "RiskPolicies",
                schema: "authservice",
                columns: table => new
                {
                    Version = table.Column<int>(type: "integer", nullable: false),
                    Policy = table.Column<byte[]>(type: "bytea", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    Author = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Reason = table.Column<string>(type: "text", nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RiskPolicies", x => x.Version);
                });

            migrationBuilder.CreateTable(
                name: "ServiceCredentials",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Scopes = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    RequestedBy = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    RevokedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ServiceCredentials", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SessionChanges",
                schema: "authservice",
                columns: table => new
                {
                    Sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SessionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    TokensFrom = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SessionChanges", x => x.Sequence);
                });

            migrationBuilder.CreateTable(
                name: "Sessions",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    DeviceId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    RefreshedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    EndedAt = table.Column<long>(type: "bigint", nullable: true),
                    EndedBecause = table.Column<int>(type: "integer", nullable: true),
                    Factors = table.Column<int>(type: "integer", nullable: false),
                    FactorAt = table.Column<long>(type: "bigint", nullable: false),
                    SecondFactorAt = table.Column<long>(type: "bigint", nullable: true),
                    VouchedAt = table.Column<long>(type: "bigint", nullable: true),
                    Risk = table.Column<int>(type: "integer", nullable: false),
                    OpenedByRequestId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Generation = table.Column<int>(type: "integer", nullable: false),
                    TokensFrom = table.Column<int>(type: "integer", nullable: false),
                    CurrentHash = table.Column<byte[]>(type: "bytea", nullable: false),
                    NextHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    NextSealed = table.Column<byte[]>(type: "bytea", nullable: true),
                    ExchangedAt = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Sessions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StepUps",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SessionId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    DeviceId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    RequesterToken = table.Column<byte[]>(type: "bytea", nullable: false),
                    AttemptTarget = table.Column<byte[]>(type: "bytea", nullable: true),
                    Environment = table.Column<byte[]>(type: "bytea", nullable: true),
                    VerdictId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    AllowedFactors = table.Column<int>(type: "integer", nullable: false),
                    PassedFactors = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    AvailableAt = table.Column<long>(type: "bigint", nullable: true),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    CodesSent = table.Column<int>(type: "integer", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    CodeFactor = table.Column<int>(type: "integer", nullable: false),
                    CodeExpiresAt = table.Column<long>(type: "bigint", nullable: true),
                    CompletedAt = table.Column<long>(type: "bigint", nullable: true),
                    CompletedByRequestId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    CompletedFactorHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    OpenedSessionId = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepUps", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Verifications",
                schema: "authservice",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Purpose = table.Column<int>(type: "integer", nullable: false),
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    ContactSealed = table.Column<byte[]>(type: "bytea", nullable: false),
                    CodeHash = table.Column<byte[]>(type: "bytea", nullable: true),
                    RequesterToken = table.Column<byte[]>(type: "bytea", nullable: false),
                    Environment = table.Column<byte[]>(type: "bytea", nullable: true),
                    IsCountersigned = table.Column<bool>(type: "boolean", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    ExpiresAt = table.Column<long>(type: "bigint", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    UsedAt = table.Column<long>(type: "bigint", nullable: true),
                    UsedByRequestId = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SessionId = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Verifications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WaitingRecoveries",
                schema: "authservice",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PasswordHash = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    PasswordStandsAlone = table.Column<bool>(type: "boolean", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    CreatedAt = table.Column<long>(type: "bigint", nullable: false),
                    TrustedFrom = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WaitingRecoveries", x => x.AccountId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Accounts_IsDecoy",
                schema: "authservice",
                table: "Accounts",
                column: "IsDecoy",
                filter: "\"IsDecoy\"");

            migrationBuilder.CreateIndex(
                name: "IX_Attempts_LastAt",
                schema: "authservice",
                table: "Attempts",
                column: "LastAt");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_AccountId_Sequence",
                schema: "authservice",
                table: "AuditEvents",
                columns: new[] { "AccountId", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_At",
                schema: "authservice",
                table: "AuditEvents",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_SessionId_Sequence",
                schema: "authservice",
                table: "AuditEvents",
                columns: new[] { "SessionId", "Sequence" },
                filter: "\"SessionId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_Type_Sequence",
                schema: "authservice",
                table: "AuditEvents",
                columns: new[] { "Type", "Sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_AuditEvents_VerdictId",
                schema: "authservice",
                table: "AuditEvents",
                column: "VerdictId",
                filter: "\"VerdictId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConsumedChallenges_ExpiresAt",
                schema: "authservice",
                table: "ConsumedChallenges",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ContactChanges_AccountId_Kind",
                schema: "authservice",
                table: "ContactChanges",
                columns: new[] { "AccountId", "Kind" });

            migrationBuilder.CreateIndex(
                name: "IX_ContactChanges_MadeAt_TrustedFrom",
                schema: "authservice",
                table: "ContactChanges",
                columns: new[] { "MadeAt", "TrustedFrom" });

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_AccountId",
                schema: "authservice",
                table: "Contacts",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Contacts_KeyId",
                schema: "authservice",
                table: "Contacts",
                column: "KeyId");

            migrationBuilder.CreateIndex(
                name: "IX_Devices_AccountId",
                schema: "authservice",
                table: "Devices",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Devices_KeyThumbprint",
                schema: "authservice",
                table: "Devices",
                column: "KeyThumbprint",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeviceTokens_AccountId",
                schema: "authservice",
                table: "DeviceTokens",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_DeviceTokens_CurrentHash",
                schema: "authservice",
                table: "DeviceTokens",
                column: "CurrentHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_DeviceTokens_NextHash",
                schema: "authservice",
                table: "DeviceTokens",
                column: "NextHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Factors_AccountId",
                schema: "authservice",
                table: "Factors",
                column: "AccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Messages_NextAttemptAt",
                schema: "authservice",
                table: "Messages",
                column: "NextAttemptAt");

            migrationBuilder.CreateIndex(
                name: "IX_NetworkAccounts_LastSeenAt",
                schema: "authservice",
                table: "NetworkAccounts",
                column: "LastSeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_Population_UpdatedAt",
                schema: "authservice",
                table: "Population",
                column: "UpdatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_RecoveryCodes_FactorId",
                schema: "authservice",
                table: "RecoveryCodes",
                column: "FactorId");

            migrationBuilder.CreateIndex(
                name: "IX_ReportTokens_ExpiresAt",
                schema: "authservice",
                table: "ReportTokens",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Requests_ExpiresAt",
                schema: "authservice",
                table: "Requests",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_ServiceCredentials_Hash",
                schema: "authservice",
                table: "ServiceCredentials",
                column: "Hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SessionChanges_At",
                schema: "authservice",
                table: "SessionChanges",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_AccountId_CreatedAt",
                schema: "authservice",
                table: "Sessions",
                columns: new[] { "AccountId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Sessions_ExpiresAt",
                schema: "authservice",
                table: "Sessions",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_StepUps_ExpiresAt",
                schema: "authservice",
                table: "StepUps",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Verifications_ExpiresAt",
                schema: "authservice",
                table: "Verifications",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_WaitingRecoveries_TrustedFrom",
                schema: "authservice",
                table: "WaitingRecoveries",
                column: "TrustedFrom");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Accounts",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Attempts",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "AuditEvents",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Consents",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "ConsumedChallenges",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "ContactChanges",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Contacts",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Devices",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "DeviceTokens",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Factors",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Messages",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "NetworkAccounts",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Population",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Profiles",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "RecoveryCodes",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "ReportTokens",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Requests",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "RiskPolicies",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "ServiceCredentials",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "SessionChanges",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Sessions",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "StepUps",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "Verifications",
                schema: "authservice");

            migrationBuilder.DropTable(
                name: "WaitingRecoveries",
                schema: "authservice");
        }
    }
}
