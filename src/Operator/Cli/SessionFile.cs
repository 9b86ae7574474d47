using UploadSessions.Operator.Cli.Manifests;
using UploadSessions.Resources;
using UploadSessions.Specification;

namespace UploadSessions.Operator.Cli;

/// <summary>Reads a file of UploadSessions and checks them as the operator would. Notes and errors go to the error output, one a line, as <c>FILE:LINE: field: message</c>.</summary>
internal sealed class SessionFile(string path, TextReader standardInput, TextWriter errors, TimeProvider time)
{
    /// <summary>The name in messages.</summary>
    public string Name { get; } = path == "-" ? "<stdin>" : path;

    /// <summary>The valid sessions; null if the file cannot be read, holds no session, or anything in it is invalid.</summary>
    public IReadOnlyList<CheckedSession>? Read(SpecDefaults defaults)
    {
        try
        {
            var (sessions, skipped) = ManifestReader.Read(path == "-" ? standardInput.ReadToEnd() : File.ReadAllText(path));
            foreach (var note in skipped)
                errors.WriteLine(note.In(Name));
            if (sessions.Count == 0)
                errors.WriteLine($"{Name}:1: no {UploadSession.KindName} found");
            CheckedSession[] valid = [.. sessions.Select(session => Check(session, defaults)).OfType<CheckedSession>()];
            return valid.Length == 0 || valid.Length < sessions.Count ? null : valid;
        }
        catch (ManifestException e)
        {
            errors.WriteLine(e.Error.In(Name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{Name}: cannot be read: {e.Message}");
        }

        return null;
    }

    private CheckedSession? Check(ManifestSession manifest, SpecDefaults defaults)
    {
        var session = WithCreationTime(manifest);
        var result = SpecReader.Read(session, defaults);

        // A field of the wrong type is missing for the reader of the spec: one message about it is enough.
        var found = result.Errors
            .Where(error => manifest.Errors.All(shape => shape.Field != error.Field))
            .Select(error => new ManifestError(manifest.LineOf(error.Field), error.Field, error.Message));
        ManifestError[] all = [.. manifest.Errors.Concat(found).OrderBy(error => error.Line)];
        foreach (var error in all)
            errors.WriteLine(error.In(Name));
        if (all.Length > 0 || result.Terms is null)
            return null;
        var metadata = session.Metadata;
        return new CheckedSession(manifest.Name, manifest.Line, result.Terms, RoleSessionName.For(metadata.Namespace, metadata.Name));
    }

    private UploadSession WithCreationTime(ManifestSession manifest)
    {
        var session = manifest.Session;
        if (session.Metadata.CreationTimestamp != default)
            return session;
        if (session.Spec.Lifetime is not null)
            errors.WriteLine($"{Name}:{manifest.LineOf("spec.lifetime")}: spec.lifetime: counted from now, since the session is not created yet");
        return session with { Metadata = session.Metadata with { CreationTimestamp = time.GetUtcNow() } };
    }
}
