using UploadSessions.Operator.Sts;

namespace Operator.Tests.Sts;

public sealed class StsClientsTests
{
    [Fact]
    public void Regions_that_somebody_makes_up_take_no_room_and_the_client_in_use_stays()
    {
        using var clients = new StsClients(endpoint: null);
        var busy = clients.Anonymous("eu-central-1");
        var idle = clients.Anonymous("us-east-1");
        for (var made = 0; made < 100; made++)
        {
            clients.Anonymous($"made-up-{made}");
            clients.Anonymous("eu-central-1").ShouldBeSameAs(busy);
        }

        clients.Anonymous("us-east-1").ShouldNotBeSameAs(idle);
        clients.Anonymous("made-up-99").ShouldBeSameAs(clients.Anonymous("made-up-99"));
    }
}
