using System.Security.Cryptography;

namespace TestServers.Ceph;

/// <summary>The smallest Ceph there is: one monitor, one object store in memory, one gateway, on loopback and without Ceph's own authentication.</summary>
/// <param name="Folder">Holds everything that the daemons write.</param>
/// <param name="MonitorPort">Of the monitor.</param>
/// <param name="GatewayPort">Of S3 and STS.</param>
public sealed record CephConfiguration(string Folder, int MonitorPort, int GatewayPort)
{
    private readonly string _stsKey = RandomNumberGenerator.GetHexString(16);

    /// <summary>Names the cluster.</summary>
    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>The monitor's address, of the second version of the protocol only.</summary>
    public string Monitor => $"[v2:127.0.0.1:{MonitorPort}/0]";

    /// <summary>A path in the folder.</summary>
    public string At(string name) => Path.Combine(Folder, name);

    /// <summary>The content of ceph.conf ("Configuring Ceph" and "Ceph Object Gateway Config Reference", Ceph documentation).</summary>
    public string Text => $"""
        [global]
        fsid = {Id}
        mon host = {Monitor}
        public addr = 127.0.0.1
        cluster addr = 127.0.0.1
        auth cluster required = none
        auth service required = none
        auth client required = none
        # The default, secure, needs authentication.
        ms mon client mode = crc
        ms bind msgr1 = false
        run dir = {At("run")}
        admin socket = {At("run")}/$name.$pid.asok
        crash dir = {Folder}
        log to file = false
        log to stderr = true
        setuser match path = /nonexistent
        osd pool default size = 1
        osd pool default min size = 1
        osd pool default pg num = 1
        osd pool default pgp num = 1
        osd pool default pg autoscale mode = off
        osd crush chooseleaf type = 0
        mon allow pool size one = true
        mon max pg per osd = 1000

        [mon]
        mon data = {At("mon")}
        # A monitor alone has nobody to wait for.
        paxos propose interval = 0.05
        paxos min wait = 0.01
        mon data avail warn = 1
        mon data avail crit = 1

        [osd]
        osd data = {At("osd")}
        osd objectstore = memstore
        memstore device bytes = 1073741824

        [client]
        rgw frontends = beast endpoint=127.0.0.1:{GatewayPort}
        rgw data = {Folder}
        rgw s3 auth use sts = true
        # Keys of OpenID Connect issuers come from a loopback server with a certificate of its own.
        rgw verify ssl = false
        # Encrypts session tokens with AES-128: 16 characters.
        rgw sts key = {_stsKey}
        # Seconds; so that credentials can expire within a test.
        rgw sts min session duration = 1
        rgw rados pool pg num min = 1
        rgw enable usage log = false
        rgw thread pool size = 32

        """;
}
