import java.io.*;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Sum server with a thread for each client. Usage: java SumServer PORT */
public class SumServer {
    public static void main(String[] args) throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(Integer.parseInt(args[0])), 256);
            while (true) {
                Socket client = server.accept();
                Thread thread = new Thread(() -> serve(client));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void serve(Socket client) {
        try (client;
             BufferedReader in = new BufferedReader(
                     new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
             Writer out = new OutputStreamWriter(client.getOutputStream(), StandardCharsets.US_ASCII)) {
            String line;
            while ((line = in.readLine()) != null) {
                out.write(answer(line) + "\n");
                out.flush();
            }
        } catch (IOException e) {
            System.err.println("client lost: " + e.getMessage());
        }
    }

    private static String answer(String line) {
        String[] words = line.trim().split("\\s+");
        if (words.length != 2) {
            return "I need two numbers!";
        }
        try {
            return "The sum is " + new BigDecimal(words[0]).add(new BigDecimal(words[1])).toPlainString();
        } catch (NumberFormatException e) {
            return "That is not a number!";
        }
    }
}
