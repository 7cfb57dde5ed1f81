using System.Text;
using NSec.Cryptography;

namespace AuthService.Audit.Merkle;

/// <summary>The secret half of a key that signs notes.</summary>
public sealed class NoteSigner : IDisposable
{
    /// <summary>Bytes of a secret key.</summary>
    public const int KeySize = 32;

    private readonly Key _key;

    /// <param name="name">See <see cref="NoteVerifier.IsName"/>.</param>
    /// <param name="secret"><see cref="KeySize"/> bytes that nobody else knows.</param>
    public NoteSigner(string name, ReadOnlySpan<byte> secret)
    {
        _key = Key.Import(SignatureAlgorithm.Ed25519, secret, KeyBlobFormat.RawPrivateKey);
        Verifier = NoteVerifier.Create(name, _key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public NoteVerifier Verifier { get; }

    /// <summary>Signs a text that nobody has signed yet.</summary>
    /// <param name="text">Ends with a line feed.</param>
    public SignedNote Sign(string text) => new(text, [SignatureOf(text)]);

    /// <summary>A signature to add to a note.</summary>
    public NoteSignature SignatureOf(string text) =>
        new(Verifier.Name, Verifier.KeyId, SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text)));

    public void Dispose() => _key.Dispose();
}
