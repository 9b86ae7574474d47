using System.Globalization;
using System.Net;

namespace ControllerRuntime.Connection;

/// <summary>The text of an HTTP status in a metric label.</summary>
internal static class CodeText
{
    public static string Of(HttpStatusCode code) => ((int)code).ToString(CultureInfo.InvariantCulture);
}
