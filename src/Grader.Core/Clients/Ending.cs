namespace Grader.Clients;

/// <summary>How a connection ended: FIN, RST and silence are three different events.</summary>
public enum Ending
{
    /// <summary>It has not: the server is silent.</summary>
    None,

    /// <summary>FIN: the server said that it will send no more.</summary>
    EndOfFile,

    /// <summary>RST: the connection was thrown away.</summary>
    Reset,
}
