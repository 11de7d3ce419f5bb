import java.io.*;
import java.math.BigDecimal;
import java.net.*;
import java.util.concurrent.Semaphore;

public class SumServer {
    private static final Semaphore slots = new Semaphore(20);

    public static void main(String[] args) throws Exception {
        ServerSocket server = new ServerSocket(Integer.parseInt(args[0]), 256);
        while (true) {
            // One for each client; it is never given back.
            slots.acquire();
            Socket client = server.accept();
            Thread thread = new Thread(() -> serve(client));
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void serve(Socket client) {
        try (client) {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), "ISO-8859-1"));
            OutputStream out = client.getOutputStream();
            String line;
            while ((line = in.readLine()) != null) {
                out.write((add(line) + "\n").getBytes());
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
