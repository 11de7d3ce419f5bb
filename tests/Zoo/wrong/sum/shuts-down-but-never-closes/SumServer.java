// shutdownOutput ends the conversation but keeps the descriptor; without close the server runs out of them.
import java.io.*;
import java.math.BigDecimal;
import java.net.*;
import java.util.*;

public class SumServer {
    static final List<Socket> clients = Collections.synchronizedList(new ArrayList<>());

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(Integer.parseInt(args[0])), 256);
        while (true) {
            Socket client = server.accept();
            clients.add(client);
            new Thread(() -> serve(client)).start();
        }
    }

    static void serve(Socket client) {
        try {
            BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
            PrintWriter out = new PrintWriter(client.getOutputStream(), true);
            String line;
            while ((line = in.readLine()) != null) {
                out.println(add(line.trim().split("\\s+")));
            }
            client.shutdownOutput();
        } catch (IOException e) {
            System.out.println("client lost: " + e.getMessage());
        }
    }

    static String add(String[] parts) {
        try {
            return parts.length == 2
                ? new BigDecimal(parts[0]).add(new BigDecimal(parts[1])).toPlainString()
                : "error: two numbers are needed";
        } catch (NumberFormatException e) {
            return "error: these are no numbers";
        }
    }
}
