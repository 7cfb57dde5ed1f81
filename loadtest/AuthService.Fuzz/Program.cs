using AuthService.Fuzz;

// One input from a file, all seeds into a folder, or (no more arguments) whatever afl-fuzz hands over.
switch (args)
{
    case ["list"]:
        Console.WriteLine(string.Join('\n', FuzzTarget.All.Select(target => target.Name)));
        return 0;
    case ["seeds", var folder]:
        Seeds.WriteTo(folder);
        return 0;
    case [var name, var file] when FuzzTarget.Find(name) is { } target:
        target.Run(File.ReadAllBytes(file));
        return 0;
    case [var name] when FuzzTarget.Find(name) is { } target:
        SharpFuzz.Fuzzer.Run(stream => target.Run(FuzzTarget.ReadAll(stream)));
        return 0;
    default:
        Console.Error.WriteLine("usage: AuthService.Fuzz list | seeds FOLDER | TARGET [FILE]");
        return 2;
}
