using System.Globalization;
using System.Text;
using System.Xml;

namespace Grader.Reports;

/// <summary>Puts foreign text into XML.</summary>
internal static class Xml
{
    /// <summary>The text without the characters that XML 1.0 has no way to write; all others stay.</summary>
    public static string Legal(string text)
    {
        var legal = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            if (XmlConvert.IsXmlChar(text[index]))
            {
                legal.Append(text[index]);
            }
            else if (index + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[index + 1], text[index]))
            {
                legal.Append(text[index]).Append(text[++index]);
            }
        }

        return legal.ToString();
    }

    /// <summary>A document in UTF-8, written by <paramref name="write"/>.</summary>
    public static string Document(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            NewLineChars = "\n",
            // A reader would make a line feed of a carriage return that is written as it is.
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (var writer = XmlWriter.Create(bytes, settings))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    public static void Attribute(this XmlWriter writer, string name, string value) =>
        writer.WriteAttributeString(name, Legal(value));

    public static void Attribute(this XmlWriter writer, string name, int value) =>
        writer.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Seconds, where they are known.</summary>
    public static void Time(this XmlWriter writer, double? seconds)
    {
        if (seconds is { } known)
        {
            writer.WriteAttributeString("time", known.ToString("0.000", CultureInfo.InvariantCulture));
        }
    }
}
