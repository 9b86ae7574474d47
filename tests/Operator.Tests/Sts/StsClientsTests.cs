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

    [Fact]
    public void The_SDK_is_not_asked_for_more_and_more_regions_that_it_does_not_know()
    {
        using var clients = new StsClients(endpoint: null);
        clients.CanServe("xx-first-1").ShouldBeTrue();
        Enumerable.Range(0, 1000).Count(made => clients.CanServe($"xx-made-{made}")).ShouldBe(255);

        clients.CanServe("xx-first-1").ShouldBeTrue("it is kept already");
        clients.CanServe("eu-central-1").ShouldBeTrue("the SDK knows it");
        clients.CanServe("xx-made-999", new Uri("https://sts.example")).ShouldBeTrue("its address is known");
    }
}
