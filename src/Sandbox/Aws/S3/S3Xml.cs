using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Sandbox.Aws.S3;

/// <summary>Reads and writes S3's XML.</summary>
internal static class S3Xml
{
    /// <summary>The namespace of S3's answers.</summary>
    public static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>S3's form of timestamps in XML.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Parses a request's body.</summary>
    /// <exception cref="AwsException">MalformedXML.</exception>
    public static XElement Read(ReadOnlyMemory<byte> content)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using var reader = XmlReader.Create(new MemoryStream(content.ToArray()), settings);
            return XElement.Load(reader);
        }
        catch (XmlException)
        {
            throw S3Errors.MalformedXml;
        }
    }

    /// <summary>The text of a child, whatever its namespace; null if there is none.</summary>
    public static string? Text(XElement parent, string name) => parent.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value;

    /// <summary>Answers with XML.</summary>
    public static Task WriteAsync(HttpContext http, XElement answer, int status = StatusCodes.Status200OK) =>
        WriteTextAsync(http, answer.ToString(SaveOptions.DisableFormatting), status);

    /// <summary>Answers with XML that is text already.</summary>
    public static async Task WriteTextAsync(HttpContext http, string xml, int status = StatusCodes.Status200OK)
    {
        var bytes = Encoding.UTF8.GetBytes(xml);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/xml";
        http.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    /// <summary>Answers with an error.</summary>
    public static Task WriteErrorAsync(HttpContext http, AwsException error, string requestId) => WriteAsync(
        http,
        new("Error",
            new XElement("Code", error.Code),
            new XElement("Message", error.Message),
            new XElement("Resource", http.Request.Path.Value),
            new XElement("RequestId", requestId)),
        error.Status);
}
