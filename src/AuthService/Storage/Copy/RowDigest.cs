using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AuthService.Storage.Copy;

/// <summary>
/// Rows as one number. Their form, value by value: null is <c>00</c>; what has a fixed size <c>01</c> and eight bytes, big-endian; text
/// (UTF-8) and bytes <c>02</c>, their length as eight bytes, and themselves. So no two different rows look alike.
/// </summary>
internal sealed class RowDigest : IDisposable
{
    /// <summary>What has a form. The test that walks the models tells when one is missing.</summary>
    public static readonly IReadOnlySet<Type> Types = new HashSet<Type>
    {
        typeof(bool), typeof(short), typeof(int), typeof(long), typeof(double), typeof(string), typeof(byte[]),
    };

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _row = new();
    private long _rows;

    /// <exception cref="NotSupportedException">A value is of a type that has no form yet.</exception>
    public void Add(ReadOnlySpan<object?> row)
    {
        _row.ResetWrittenCount();
        foreach (var value in row)
            Write(value);
        _hash.AppendData(_row.WrittenSpan);
        _rows++;
    }

    public TableDigest Finish() => new(_rows, Convert.ToHexStringLower(_hash.GetHashAndReset()));

    public void Dispose() => _hash.Dispose();

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                WriteByte(0);
                break;
            case bool truth:
                WriteFixed(truth ? 1 : 0);
                break;
            case short number:
                WriteFixed(number);
                break;
            case int number:
                WriteFixed(number);
                break;
            case long number:
                WriteFixed(number);
                break;
            case double number:
                WriteFixed(BitConverter.DoubleToInt64Bits(number));
                break;
            case string text:
                WriteLength(Encoding.UTF8.GetByteCount(text));
                Encoding.UTF8.GetBytes(text, _row);
                break;
            case byte[] bytes:
                WriteLength(bytes.Length);
                _row.Write(bytes);
                break;
            default:
                throw new NotSupportedException($"{value.GetType()} has no form in a digest yet.");
        }
    }

    private void WriteFixed(long value)
    {
        WriteByte(1);
        WriteEight(value);
    }

    private void WriteLength(int length)
    {
        WriteByte(2);
        WriteEight(length);
    }

    private void WriteByte(byte value)
    {
        _row.GetSpan(1)[0] = value;
        _row.Advance(1);
    }

    private void WriteEight(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_row.GetSpan(sizeof(long)), value);
        _row.Advance(sizeof(long));
    }
}
