using System.Text;

namespace AuthService.RiskLab.Files;

/// <summary>Reads comma-separated values (RFC 4180), record by record: fields in quotes may hold commas, quotes and line breaks.</summary>
internal sealed class CsvReader(TextReader text)
{
    /// <summary>A quote that never ends would swallow the rest of the file.</summary>
    private const int LongestRecord = 1 << 20;

    private readonly StringBuilder _field = new();
    private int _length;

    /// <summary>The line that the last record began at, from 1 on.</summary>
    public long Line { get; private set; }

    private long _nextLine = 1;

    /// <summary>The next record, or null at the end. The list is the caller's.</summary>
    /// <exception cref="FileProblemException">A quoted field has no end.</exception>
    public List<string>? Read()
    {
        Line = _nextLine;
        _length = 0;
        if (text.Peek() < 0)
            return null;

        var fields = new List<string>(16);
        while (true)
        {
            var ended = ReadField();
            fields.Add(_field.ToString());
            if (ended)
                return fields;
        }
    }

    /// <returns>Whether it was the record's last.</returns>
    private bool ReadField()
    {
        _field.Clear();
        var isQuoted = text.Peek() == '"';
        if (isQuoted)
        {
            Next();
            ReadQuoted();
        }

        for (var next = Next(); ; next = Next())
        {
            switch (next)
            {
                case ',':
                    return false;
                case '\r' when text.Peek() == '\n':
                    break;
                case '\n' or < 0:
                    _nextLine++;
                    return true;
                default:
                    _field.Append((char)next);
                    break;
            }
        }
    }

    private void ReadQuoted()
    {
        for (var next = Next(); ; next = Next())
        {
            if (next < 0)
                throw new FileProblemException($"line {Line}: a field in quotes has no end");
            if (next == '"')
            {
                if (text.Peek() != '"')
                    return;
                Next();
            }

            if (next == '\n')
                _nextLine++;
            _field.Append((char)next);
        }
    }

    private int Next() => ++_length <= LongestRecord
        ? text.Read()
        : throw new FileProblemException($"line {Line}: a record is longer than {LongestRecord:N0} characters; is a quote missing?");
}
