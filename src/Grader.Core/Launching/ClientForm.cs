namespace Grader.Launching;

/// <summary>How a client takes what it is to ask for.</summary>
public enum ClientForm
{
    /// <summary>As its recipe says.</summary>
    Written,

    /// <summary>As its arguments.</summary>
    Arguments,

    /// <summary>Likewise, before the port.</summary>
    ThenPort,

    /// <summary>Likewise, before port and host.</summary>
    ThenPortAndHost,

    /// <summary>Likewise, before host and port.</summary>
    ThenHostAndPort,

    /// <summary>Likewise, after host and port.</summary>
    HostAndPort,

    /// <summary>Likewise, after the port.</summary>
    Port,

    /// <summary>Likewise, after port and host.</summary>
    PortAndHost,

    /// <summary>As lines on its standard input.</summary>
    Input,

    /// <summary>As one line there, with blanks between.</summary>
    InputLine,

    /// <summary>As lines there, with host and port as its arguments.</summary>
    HostAndPortThenInput,

    /// <summary>Likewise, with the port alone.</summary>
    PortThenInput,

    /// <summary>Likewise, with the host alone.</summary>
    HostThenInput,
}
