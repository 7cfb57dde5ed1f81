using AuthService.Fuzz;

namespace AuthService.Tests.Fuzz;

/// <summary>
/// Each input of the fuzzer's corpus through its target, as an ordinary test. What <c>eng/fuzz</c> finds is put into the corpus: then it
/// fails here until it is mended, and never comes back unseen.
/// </summary>
public sealed class FuzzCorpusTests
{
    private static readonly string Corpus = Path.Combine(Repository.Root, "loadtest", "AuthService.Fuzz", "Corpus");

    public static TheoryData<string, string> Inputs { get; } = ReadInputs();

    [Theory]
    [MemberData(nameof(Inputs))]
    public void No_input_of_the_corpus_breaks_its_target(string target, string input) =>
        Should.NotThrow(() => FuzzTarget.Find(target)!.Run(File.ReadAllBytes(Path.Combine(Corpus, target, input))));

    [Fact]
    public void Every_folder_of_the_corpus_has_a_target() =>
        Directory.GetDirectories(Corpus).Select(Path.GetFileName).ShouldBe(FuzzTarget.All.Select(target => target.Name), ignoreOrder: true);

    private static TheoryData<string, string> ReadInputs()
    {
        var inputs = new TheoryData<string, string>();
        foreach (var target in FuzzTarget.All)
        {
            foreach (var file in Directory.GetFiles(Path.Combine(Corpus, target.Name)))
                inputs.Add(target.Name, Path.GetFileName(file));
        }

        return inputs;
    }
}
