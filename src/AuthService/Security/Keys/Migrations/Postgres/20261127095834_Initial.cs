using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AuthService.Security.Keys.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "account_keys");

            migrationBuilder.CreateTable(
                name: "AccountKeys",
                schema: "account_keys",
                columns: table => new
                {
                    AccountId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    KekId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Wrapped = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccountKeys", x => x.AccountId);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AccountKeys_KekId",
                schema: "account_keys",
                table: "AccountKeys",
                column: "KekId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AccountKeys",
                schema: "account_keys");
        }
    }
}
