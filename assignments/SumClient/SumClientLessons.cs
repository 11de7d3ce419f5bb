using Grader.Assignments.Shared;
using Grader.Checks;

namespace Grader.Assignments.SumClient;

/// <summary>What a client of a sum server sends and prints.</summary>
internal static class SumClientLessons
{
    public static readonly Check SendsBothNumbers = new()
    {
        Id = "sends-both-numbers",
        Name = "sends the two numbers that it is given",
        Points = 15,
        OnTheWire =
            "Two numbers of two digits: both come as text, in either order, in the handout's protocol or one of the student's own.",
        Teaches = "What a program is given, and not what its author had in mind, goes over the wire.",
        Hint = "Send both arguments, as the handout writes a request, and see that something stands between them.",
        Run = async bench => (await bench.Clients.RunAsync(bench.NextErrand())).ExpectRequest(),
    };

    public static readonly Lesson Sending = new() { Title = "What it sends", Checks = [SendsBothNumbers] };

    public static readonly Check PrintsSum = new()
    {
        Id = "prints-sum",
        Name = "prints the sum that the server replied",
        Points = 25,
        OnTheWire = "Replies a number that is not the sum: it stands on standard output, whatever else does.",
        Teaches = "What a client knows of its server is what it received; what it adds up itself is no reply.",
        Hint = "Print the number that you received, and see that it is written before the program ends.",
        Run = bench => bench.ExpectToldAsync(bench.NextErrand()),
    };

    public static readonly Check NegativeNumbers = new()
    {
        Id = "negative-numbers",
        Name = "sends and prints negative numbers",
        Points = 5,
        OnTheWire = "The numbers are -17 and 5, and the reply is -12.",
        Teaches = "A sign is a byte of the request like its digits.",
        Hint = "Take the arguments as they are; a minus in front of one begins no option.",
        Run = bench => bench.ExchangeAsync(new SumErrand("-17", "5")),
    };

    public static readonly Check Decimals = new()
    {
        Id = "decimals",
        Name = "sends and prints decimal numbers",
        Points = 5,
        OnTheWire = "The numbers are 1.5 and 2.25, and the reply is 3.75.",
        Teaches = "What a client need not understand it can pass on: a number is text on its way.",
        Hint = "Send the text of the arguments; to read them as whole numbers first loses what follows the point.",
        Run = bench => bench.ExchangeAsync(new SumErrand("1.5", "2.25")),
    };

    public static readonly Check LargeNumbers = new()
    {
        Id = "large-numbers",
        Name = "sends and prints numbers of twenty digits",
        Points = 5,
        OnTheWire = "The numbers are 12345678901234567890 and 98765432109876543210, and the reply is their sum.",
        Teaches = "Text holds numbers of any length; 64 bits, and a double even less, do not.",
        Hint = "Send the text of the arguments, and print the text of the reply.",
        Run = bench => bench.ExchangeAsync(new SumErrand("12345678901234567890", "98765432109876543210")),
    };

    public static readonly Lesson Printing = new()
    {
        Title = "What it prints",
        Checks =
        [
            PrintsSum,
            NegativeNumbers,
            Decimals,
            LargeNumbers,
            ClientLessons.ReplyInPieces,
            ClientLessons.LateReply,
        ],
    };

    public static readonly Check BadArgumentsCheck = new()
    {
        Id = "bad-arguments",
        Name = "refuses what is no number, or only one",
        Points = 2,
        Extra = true,
        OnTheWire =
            "The client is given abc and 5, and then 5 alone; what it sends, if anything, is replied to with an error.",
        Teaches = "A program looks at what it is given before it acts on it, and says what is wrong with it.",
        Hint = "Look at the number of arguments, and at each; say what is wrong, and end with another code than 0.",
        Run = async bench =>
        {
            foreach (var errand in new[] { new BadArguments("abc", "5"), new BadArguments("5") })
            {
                var run = await bench.Clients.RunAsync(errand);
                run.ExpectComplaint();
            }
        },
    };

    private static async Task ExchangeAsync(this Bench bench, Errand errand)
    {
        var run = await bench.Clients.RunAsync(errand);
        run.ExpectRequest();
        run.ExpectTold();
    }
}
