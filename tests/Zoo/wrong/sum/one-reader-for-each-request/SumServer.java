import java.io.*;
import java.math.BigDecimal;
import java.net.*;

public class SumServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 256);
        while (true) {
            Socket client = server.accept();
            Thread thread = new Thread(() -> serve(client));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(Socket client) {
        try (client) {
            while (true) {
                // What the last one had read ahead is gone with it.
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), "ISO-8859-1"));
                String line = in.readLine();
                if (line == null) {
                    return;
                }
                client.getOutputStream().write((add(line) + "\n").getBytes());
            }
        } catch (IOException e) {
            System.out.println("client has left");
        }
    }

    private static String add(String line) {
        try {
            String[] words = line.trim().split("\\s+");
            if (words.length != 2) {
                return "error: two numbers expected";
            }
            return new BigDecimal(words[0]).add(new BigDecimal(words[1])).toPlainString();
        } catch (NumberFormatException e) {
            return "error: not a number";
        }
    }
}
