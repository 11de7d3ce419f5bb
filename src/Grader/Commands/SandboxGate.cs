using Grader.Sandboxing;

namespace Grader.Commands;

/// <summary>Lets nothing run where the course's word on the sandbox is not met, and says aloud where there is less than one.</summary>
internal static class SandboxGate
{
    /// <param name="rule">What is asked for.</param>
    /// <param name="place">Where: "grading.json".</param>
    /// <exception cref="EnvironmentException">It cannot be had here.</exception>
    public static async Task<SandboxChoice> RequireAsync(SandboxRule rule, string place)
    {
        var choice = await Sandboxes.FindAsync(rule);
        return rule != SandboxRule.Required || choice.IsWhole
            ? choice
            : throw new EnvironmentException(
                $"{place}: sandbox is \"required\", and here it is {choice}; mend that, or set it to \"auto\" to run with what there is."
            );
    }

    public static void Tell(Screen screen, SandboxChoice choice)
    {
        if (!choice.IsWhole)
        {
            screen.Line(choice.Sandbox is null ? $"No sandbox: {choice}." : $"A weak sandbox: {choice}.");
        }
    }
}
