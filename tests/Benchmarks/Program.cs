using System.CommandLine;
using Benchmarks;
using Benchmarks.Micro;
using Benchmarks.Servers;

var kubeconfig = new Option<string>("--kubeconfig") { Required = true };
var sts = new Option<string>("--sts") { Required = true };
var workers = new Option<int>("--workers") { Required = true };
var raw = new Command(RawClient.Verb) { kubeconfig, sts, workers };
raw.Hidden = true;
raw.SetAction((parsed, token) => RawClient.RunAsync(parsed.GetRequiredValue(kubeconfig), new Uri(parsed.GetRequiredValue(sts)), parsed.GetRequiredValue(workers), token));
var api = new Command(EmbeddedApiHost.Verb) { Hidden = true };
api.SetAction((_, token) => EmbeddedApiHost.RunAsync(token));
var stub = new Command(StsHost.Verb) { Hidden = true };
stub.SetAction((_, token) => StsHost.RunAsync(token));

var root = BenchCommand.Create();
root.Subcommands.Add(MicroCommand.Create());
root.Subcommands.Add(raw);
root.Subcommands.Add(api);
root.Subcommands.Add(stub);
return await root.Parse(args).InvokeAsync();
