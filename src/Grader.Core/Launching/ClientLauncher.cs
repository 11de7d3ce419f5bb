using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Grader.Hosting;

namespace Grader.Launching;

/// <summary>Starts a built submission's client, in the way in which it takes what it is to ask for.</summary>
/// <param name="recipe">Which names a client.</param>
/// <param name="workspace">Where it was built.</param>
/// <param name="limits">What it may hold.</param>
/// <param name="log">Where its output goes.</param>
/// <param name="defaultPort">Where a client of the assignment looks for its server when nobody tells it.</param>
public sealed partial class ClientLauncher(Recipe recipe, Workspace workspace, Limits limits, Log log, int defaultPort)
{
    // The longest reply, and as much again for what stands around it.
    private const int KeptOutput = 4 << 20;

    private const int MostGuesses = 6;

    private const string HostsFile = "/etc/hosts";
    private const string Address = "127.0.0.1";

    private static readonly ClientForm[] Guesses =
    [
        ClientForm.Arguments,
        ClientForm.ThenPort,
        ClientForm.ThenPortAndHost,
        ClientForm.ThenHostAndPort,
        ClientForm.HostAndPort,
        ClientForm.Port,
        ClientForm.PortAndHost,
        ClientForm.Input,
        ClientForm.InputLine,
        ClientForm.HostAndPortThenInput,
        ClientForm.PortThenInput,
        ClientForm.HostThenInput,
    ];

    private readonly Starter _starter = new(recipe.Source, workspace, limits, log);

    /// <summary>Where what goes over the clients' networks is taken down; null where nowhere.</summary>
    public PacketFile? Packets
    {
        get => _starter.Packets;
        init => _starter.Packets = value;
    }

    /// <summary>The ways in which it may want to be started, the likeliest first.</summary>
    public IReadOnlyList<ClientForm> Forms { get; } = recipe.ArgumentsAreOptional ? Guesses : [ClientForm.Written];

    /// <summary>The way that was found out; null until then.</summary>
    public ClientForm? Form { get; set; }

    /// <summary>The port that it connects to, as far as one knows.</summary>
    public int? KnownPort { get; set; }

    /// <summary>Whether it takes what it is to ask for from its standard input, where it may be longer than an argument.</summary>
    public bool ReadsInput =>
        Form == ClientForm.Written
            ? !recipe.Client!.Any(Recipe.HasInput)
            : Form
                is ClientForm.Input
                    or ClientForm.InputLine
                    or ClientForm.HostAndPortThenInput
                    or ClientForm.PortThenInput
                    or ClientForm.HostThenInput;

    /// <summary>Whether it is told a name, or has one in its source.</summary>
    public bool NamesLocalhost =>
        (Form is { } form && IsTold(form, Recipe.Host))
        || Directory
            .EnumerateFiles(workspace.Built)
            // What a README says is no word of the program's.
            .Where(path => Languages.OfCommand([path]) is not null || Languages.IsExecutable(path))
            .Where(path => !SourceText.IsOfOther(Part.Client, Path.GetFileName(path)))
            .Any(path => SourceText.Contains(path, "localhost"));

    /// <summary>Where it may look for its server, by the numbers in its source; for where nobody can see what it tries.</summary>
    public IReadOnlyList<int> PossiblePorts =>
        [
            .. Directory
                .GetFiles(workspace.Built)
                .Order(StringComparer.Ordinal)
                .SelectMany(SourceText.FindPorts)
                .Except([defaultPort])
                .Take(MostGuesses),
        ];

    /// <summary>Whether the name stands for ::1 as well, where the client runs; a sandbox with a view of its own has it so.</summary>
    public bool LocalhostHasIPv6 =>
        workspace.HasOwnView
        || (File.Exists(HostsFile) && File.ReadLines(HostsFile).Any(line => IPv6Localhost().IsMatch(line)));

    /// <summary>Finds out, of a client that failed, whether it had room to work in.</summary>
    /// <exception cref="EnvironmentException">The disk is full.</exception>
    public void RequireRoom() => workspace.RequireRoom();

    /// <summary>Makes a fresh copy for several that run at the same time.</summary>
    internal void Renew() => workspace.RenewRun();

    internal Task<Host> OpenHostAsync() => _starter.OpenHostAsync();

    /// <summary>The port on which our server is to listen.</summary>
    internal int FindPort(Host host, ClientForm form) => KnownPort ?? (IsTold(form) ? host.AssignPort() : defaultPort);

    /// <param name="host">The network in which our server is.</param>
    /// <param name="form">How it takes what it is to ask for.</param>
    /// <param name="inputs">What that is, by the names of placeholders.</param>
    /// <param name="port">The port of our server.</param>
    /// <param name="hostName">The name under which it finds our server, where it asks for one.</param>
    /// <param name="partner">The submission's own server, where ours only passes on what that one says.</param>
    /// <param name="isAlone">Whether no other one runs, so that it gets a fresh copy of what was built.</param>
    /// <exception cref="EnvironmentException">Its interpreter is missing.</exception>
    internal async Task<ClientProgram> StartAsync(
        Host host,
        ClientForm form,
        IReadOnlyList<KeyValuePair<string, string>> inputs,
        int port,
        string hostName = Address,
        Server? partner = null,
        bool isAlone = true
    )
    {
        string Fill(string word) =>
            inputs.Aggregate(
                Recipe.Fill(word, hostName, port),
                (text, input) => text.Replace($"{{{input.Key}}}", input.Value, StringComparison.Ordinal)
            );

        string[] values = [.. inputs.Select(input => input.Value)];
        var digits = port.ToString(CultureInfo.InvariantCulture);
        string[] where = [hostName, digits];
        var (arguments, lines) = form switch
        {
            ClientForm.Arguments => (values, []),
            ClientForm.ThenPort => ([.. values, digits], []),
            ClientForm.ThenPortAndHost => ([.. values, digits, hostName], []),
            ClientForm.ThenHostAndPort => ([.. values, .. where], []),
            ClientForm.HostAndPort => ([.. where, .. values], []),
            ClientForm.Port => ([digits, .. values], []),
            ClientForm.PortAndHost => ([digits, hostName, .. values], []),
            ClientForm.Input => ([], values),
            ClientForm.InputLine => ([], [string.Join(' ', values)]),
            ClientForm.HostAndPortThenInput => (where, values),
            ClientForm.PortThenInput => ([digits], values),
            ClientForm.HostThenInput => ([hostName], values),
            _ => (
                Array.Empty<string>(),
                recipe.StdinOf(Part.Client).Select(Fill).Where(line => !Recipe.HasInput(line)).ToArray()
            ),
        };
        var stdin = string.Concat(lines.Select(line => $"{line}\n"));
        // As at a keyboard: the end of the file does not come at once behind the lines, and is an order to end for many.
        var input =
            stdin.Length > 0 ? new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously) : null;
        var started = await _starter.StartAsync(
            host,
            // Where there is nothing to fill in, there is no such argument.
            [.. recipe.Client!.Select(Fill).Where(word => !Recipe.HasInput(word)), .. arguments],
            hostName,
            port,
            PipeSource.Create(
                async (stream, token) =>
                {
                    await stream.WriteAsync(Encoding.UTF8.GetBytes(stdin), token);
                    await stream.FlushAsync(token);
                    await (input?.Task.WaitAsync(token) ?? Task.CompletedTask);
                }
            ),
            KeptOutput,
            isAlone
        );
        return new ClientProgram(host, started, port, input) { Partner = partner };
    }

    /// <summary>"arguments: the message; port 10000".</summary>
    /// <param name="what">"the message".</param>
    public string Describe(string what)
    {
        var how = Form switch
        {
            ClientForm.Arguments => $"arguments: {what}",
            ClientForm.ThenPort => $"arguments: {what}, port",
            ClientForm.ThenPortAndHost => $"arguments: {what}, port, host",
            ClientForm.ThenHostAndPort => $"arguments: {what}, host, port",
            ClientForm.HostAndPort => $"arguments: host, port, {what}",
            ClientForm.Port => $"arguments: port, {what}",
            ClientForm.PortAndHost => $"arguments: port, host, {what}",
            ClientForm.Input => $"standard input: {what}",
            ClientForm.InputLine => $"standard input: {what} on one line",
            ClientForm.HostAndPortThenInput => $"arguments: host, port; standard input: {what}",
            ClientForm.PortThenInput => $"arguments: port; standard input: {what}",
            ClientForm.HostThenInput => $"arguments: host; standard input: {what}",
            _ => "",
        };
        var where = Form is not { } form || IsTold(form) ? "" : $"port {KnownPort ?? defaultPort}";
        return string.Join("; ", new[] { how, where }.Where(text => text.Length > 0));
    }

    private bool IsTold(ClientForm form, string placeholder = Recipe.Port) =>
        form == ClientForm.Written
            ? recipe
                .Client!.Concat(recipe.StdinOf(Part.Client))
                .Any(word => word.Contains(placeholder, StringComparison.Ordinal))
            : form
                is ClientForm.HostAndPort
                    or ClientForm.HostAndPortThenInput
                    or ClientForm.ThenPortAndHost
                    or ClientForm.ThenHostAndPort
                    or ClientForm.PortAndHost
                || (
                    form is ClientForm.ThenPort or ClientForm.Port or ClientForm.PortThenInput
                    && placeholder == Recipe.Port
                )
                || (form == ClientForm.HostThenInput && placeholder == Recipe.Host);

    [GeneratedRegex(@"^::1\s(.*\s)?localhost(\s|$)")]
    private static partial Regex IPv6Localhost();
}
