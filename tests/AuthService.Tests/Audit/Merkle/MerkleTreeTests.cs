using System.Security.Cryptography;
using AuthService.Audit.Merkle;
using CsCheck;

namespace AuthService.Tests.Audit.Merkle;

public sealed class MerkleTreeTests
{
    /// <summary>The entries that implementations of Certificate Transparency share, in hexadecimal.</summary>
    private static readonly string[] Entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private const int Largest = 70;

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void Roots_are_those_of_RFC_9162(int size, string root)
    {
        var tree = new Frontier();

        foreach (var entry in Entries[..size])
            tree.Append(TreeHash.OfLeaf(Convert.FromHexString(entry)));

        Convert.ToHexStringLower(tree.Root.ToArray()).ShouldBe(root);
    }

    [Fact]
    public void An_entry_of_any_length_is_hashed_behind_a_zero()
    {
        for (var length = 0; length < 3000; length++)
        {
            var entry = new byte[length];
            Array.Fill(entry, (byte)length);

            TreeHash.OfLeaf(entry).ToArray().ShouldBe(SHA256.HashData([0, .. entry]));
        }
    }

    [Fact]
    public void A_tree_goes_on_from_its_kept_edge()
    {
        for (var kept = 0; kept <= Largest; kept++)
        {
            var whole = Tree.Of(kept);
            var resumed = new Frontier(whole.Size, whole.Edge);

            for (var index = kept; index < Largest; index++)
                resumed.Append(Tree.Leaf(index));

            resumed.Root.ShouldBe(Tree.Of(Largest).Root);
        }
    }

    [Fact]
    public void An_edge_of_another_size_is_refused() =>
        Should.Throw<ArgumentException>(() => new Frontier(3, Tree.Of(4).Edge)).Message.ShouldContain("A tree of 3 leaves has an edge of 2 nodes, not of 1.");

    [Fact]
    public void Each_entry_is_shown_to_be_at_its_place_and_nowhere_else()
    {
        for (var size = 1; size <= Largest; size++)
        {
            var tree = new Tree(size);
            for (var index = 0; index < size; index++)
            {
                var proof = tree.HashesOf(InclusionProof.Of(index, size));

                proof.Count.ShouldBeLessThanOrEqualTo((int)Math.Ceiling(Math.Log2(size)));
                InclusionProof.Holds(Tree.Leaf(index), index, size, proof, tree.Root).ShouldBeTrue($"{index} of {size}");
                for (var other = 0; other < size; other++)
                    InclusionProof.Holds(Tree.Leaf(index), other, size, proof, tree.Root).ShouldBe(other == index, $"{index} as {other} of {size}");
            }
        }
    }

    [Fact]
    public void Each_tree_is_shown_to_have_grown_from_each_earlier_one()
    {
        for (var later = 0; later <= Largest; later++)
        {
            var tree = new Tree(later);
            for (var earlier = 0; earlier <= later; earlier++)
            {
                var proof = tree.HashesOf(ConsistencyProof.Of(earlier, later));

                proof.Count.ShouldBeLessThanOrEqualTo(1 + (int)Math.Ceiling(Math.Log2(Math.Max(1, later))));
                ConsistencyProof.Holds(earlier, Tree.Of(earlier).Root, later, tree.Root, proof).ShouldBeTrue($"{earlier} to {later}");
            }
        }
    }

    [Fact]
    public void A_tree_in_which_an_entry_was_changed_has_not_grown_from_the_earlier_one() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int[0, 1000], Gen.Int[0, 1000]).Sample((later, some, which) =>
        {
            var earlier = 1 + (some % later);
            var forged = new Tree(later, changed: which % earlier);

            var proof = forged.HashesOf(ConsistencyProof.Of(earlier, later));

            ConsistencyProof.Holds(earlier, Tree.Of(earlier).Root, later, forged.Root, proof).ShouldBeFalse($"{which % earlier} of {earlier} to {later}");
        });

    [Fact]
    public void A_proof_with_anything_else_in_it_shows_nothing() =>
        Gen.Select(Gen.Int[2, Largest], Gen.Int[0, 1000], Gen.Int[0, 1000], Gen.Int[0, 2]).Sample((size, some, which, how) =>
        {
            var (tree, index) = (new Tree(size), some % size);
            var inclusion = Spoil(tree.HashesOf(InclusionProof.Of(index, size)), which, how);
            var earlier = 1 + (some % (size - 1));
            var consistency = Spoil(tree.HashesOf(ConsistencyProof.Of(earlier, size)), which, how);

            InclusionProof.Holds(Tree.Leaf(index), index, size, inclusion, tree.Root).ShouldBeFalse();
            ConsistencyProof.Holds(earlier, Tree.Of(earlier).Root, size, tree.Root, consistency).ShouldBeFalse();
        });

    [Fact]
    public void There_is_no_proof_of_what_is_not_there()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => InclusionProof.Of(3, 3));
        Should.Throw<ArgumentOutOfRangeException>(() => ConsistencyProof.Of(4, 3));
        InclusionProof.Holds(Tree.Leaf(0), -1, 1, [], Tree.Of(1).Root).ShouldBeFalse();
        ConsistencyProof.Holds(2, Tree.Of(2).Root, 1, Tree.Of(1).Root, []).ShouldBeFalse();
        ConsistencyProof.Holds(0, Tree.Of(1).Root, 0, Tree.Of(1).Root, []).ShouldBeFalse();
        ConsistencyProof.Holds(0, Tree.Of(1).Root, 1, Tree.Of(1).Root, []).ShouldBeFalse();
    }

    /// <summary>One hash changed, one too few, or one too many.</summary>
    private static List<TreeHash> Spoil(IReadOnlyList<TreeHash> proof, int which, int how)
    {
        List<TreeHash> spoilt = [.. proof];
        var at = which % spoilt.Count;
        switch (how)
        {
            case 0:
                spoilt[at] = spoilt[at] with { Low = spoilt[at].Low ^ 1 };
                break;
            case 1:
                spoilt.RemoveAt(at);
                break;
            default:
                spoilt.Insert(at, TreeHash.OfNothing);
                break;
        }

        return spoilt;
    }

    /// <summary>A tree with all its nodes kept, as the log keeps them.</summary>
    private sealed class Tree
    {
        private readonly Dictionary<TreeNode, TreeHash> _nodes = [];

        public Tree(int size, int changed = -1)
        {
            var frontier = new Frontier();
            for (var index = 0; index < size; index++)
                frontier.Append(index == changed ? TreeHash.OfLeaf("forged"u8) : Leaf(index), _nodes.Add);
            Root = frontier.Root;
        }

        public TreeHash Root { get; }

        public static TreeHash Leaf(int index) => TreeHash.OfLeaf(BitConverter.GetBytes(index));

        public static Frontier Of(int size)
        {
            var frontier = new Frontier();
            for (var index = 0; index < size; index++)
                frontier.Append(Leaf(index));
            return frontier;
        }

        public IReadOnlyList<TreeHash> HashesOf(IEnumerable<TreeRange> ranges) => [.. ranges.Select(range => range.Hash(node => _nodes[node]))];
    }
}
