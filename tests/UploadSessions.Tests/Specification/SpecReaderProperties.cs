using System.Globalization;
using System.Text;
using CsCheck;

namespace UploadSessions.Tests.Specification;

public sealed class SpecReaderProperties
{
    [Fact]
    public void Any_text_is_answered_with_terms_or_errors_and_never_an_exception() => SpecGen.Arbitrary.Sample(spec =>
    {
        foreach (var defaults in new[] { Sessions.Aws, Sessions.Custom })
        {
            var result = Sessions.Read(spec, defaults);
            (result.Terms is null).ShouldBe(result.Errors.Count > 0);
            foreach (var error in result.Errors)
                error.Message.EnumerateRunes().Any(rune => Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format).ShouldBeFalse(error.Message);
        }
    });

    [Fact]
    public void Valid_specs_are_accepted() => SpecGen.Valid.Sample(spec => Sessions.Read(spec).Errors.Count == 0);
}
