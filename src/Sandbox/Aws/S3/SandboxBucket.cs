namespace Sandbox.Aws.S3;

/// <summary>A bucket in memory. Keys are ordered by UTF-16 code unit, which is S3's order for everything but astral characters.</summary>
public sealed class SandboxBucket
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MultipartUpload> _uploads = new(StringComparer.Ordinal);

    /// <summary>All objects, by key.</summary>
    public IReadOnlyList<StoredObject> List()
    {
        lock (_gate)
            return [.. _objects.Values];
    }

    /// <summary>The object of that key; null if there is none.</summary>
    public StoredObject? Find(string key)
    {
        lock (_gate)
            return _objects.GetValueOrDefault(key);
    }

    /// <summary>Writes an object over whatever was there.</summary>
    public void Put(StoredObject item)
    {
        lock (_gate)
            _objects[item.Key] = item;
    }

    /// <summary>Writes an object unless there is one.</summary>
    /// <returns>False if there is one.</returns>
    public bool PutIfAbsent(StoredObject item)
    {
        lock (_gate)
            return _objects.TryAdd(item.Key, item);
    }

    /// <summary>Removes an object, if it is there.</summary>
    public void Delete(string key)
    {
        lock (_gate)
            _objects.Remove(key);
    }

    /// <summary>Sets one of <see cref="StoredObject.Subresources"/>.</summary>
    /// <returns>False if there is no such object.</returns>
    internal bool SetSubresource(string key, string name, string document)
    {
        lock (_gate)
        {
            if (!_objects.TryGetValue(key, out var item))
                return false;
            _objects[key] = item with { Subresources = new Dictionary<string, string>(item.Subresources) { [name] = document } };
            return true;
        }
    }

    /// <summary>Begins an upload in parts.</summary>
    internal void Begin(MultipartUpload upload)
    {
        lock (_gate)
            _uploads[upload.Id] = upload;
    }

    /// <summary>Uploads that are under way, by key.</summary>
    internal IReadOnlyList<MultipartUpload> Uploads()
    {
        lock (_gate)
            return [.. _uploads.Values.OrderBy(upload => upload.Key, StringComparer.Ordinal)];
    }

    /// <summary>The parts of an upload; null if there is no such upload of that key.</summary>
    internal IReadOnlyList<UploadedPart>? Parts(string key, string uploadId)
    {
        lock (_gate)
            return Upload(key, uploadId) is { } upload ? [.. upload.Parts.Values] : null;
    }

    /// <summary>Writes a part over whatever was there.</summary>
    /// <returns>False if there is no such upload of that key.</returns>
    internal bool PutPart(string key, string uploadId, UploadedPart part)
    {
        lock (_gate)
        {
            if (Upload(key, uploadId) is not { } upload)
                return false;
            upload.Parts[part.Number] = part;
            return true;
        }
    }

    /// <summary>Ends an upload.</summary>
    /// <returns>What was uploaded; null if there is no such upload of that key.</returns>
    internal MultipartUpload? End(string key, string uploadId)
    {
        lock (_gate)
        {
            var upload = Upload(key, uploadId);
            if (upload is not null)
                _uploads.Remove(uploadId);
            return upload;
        }
    }

    private MultipartUpload? Upload(string key, string uploadId) =>
        _uploads.GetValueOrDefault(uploadId) is { } upload && upload.Key == key ? upload : null;
}
