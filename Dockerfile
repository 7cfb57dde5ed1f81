# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source

# Restore first: it is kept for as long as no project file changes.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY eng/BannedSymbols.txt eng/BannedSymbols.Server.txt eng/
COPY src/AuthService.Ecv/*.csproj src/AuthService.Ecv/
COPY src/AuthService.Protocol/*.csproj src/AuthService.Protocol/
COPY src/AuthService.Client/*.csproj src/AuthService.Client/
COPY src/AuthService/*.csproj src/AuthService/
COPY src/AuthService.Cli/*.csproj src/AuthService.Cli/
RUN dotnet restore src/AuthService.Cli --use-current-runtime -p:PublishReadyToRun=true

COPY protos/ protos/
COPY examples/environments/ examples/environments/
COPY src/ src/
# Compiled for this machine's kind already (ReadyToRun): a start compiles little, and the same code is compiled again where it is hot.
RUN dotnet publish src/AuthService -c Release --no-restore -o /app --use-current-runtime -p:PublishReadyToRun=true -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false \
 && dotnet publish src/AuthService.Cli -c Release --no-restore -o /app --use-current-runtime -p:PublishReadyToRun=true -p:PublishDocumentationFile=false -p:PublishReferencesDocumentationFiles=false \
 && mkdir -p /state/data /state/keys

# No shell, no package manager, not root. "extra" has ICU: without it .NET skips Unicode normalisation without a word, and the
# plain image switches it off by this variable.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false \
    AUTHSERVICE_DATA=/data \
    Keys__KeyringPath=/keys/keyring.json \
    Serving__Address=0.0.0.0
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID --chmod=700 /state/data /data
COPY --from=build --chown=$APP_UID:$APP_UID --chmod=700 /state/keys /keys
USER $APP_UID
VOLUME ["/data", "/keys"]
EXPOSE 5080 5081
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 CMD ["dotnet", "AuthService.dll", "--probe"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dotnet", "AuthService.dll"]
