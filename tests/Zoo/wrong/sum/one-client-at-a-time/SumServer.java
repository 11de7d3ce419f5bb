// While one client is served nobody accepts: all others wait until it has left.
import java.io.*;
import java.math.BigDecimal;
import java.net.*;

public class SumServer {
    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(Integer.parseInt(args[0])), 256);
        while (true) {
            try (Socket client = server.accept()) {
                BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream()));
                PrintWriter out = new PrintWriter(client.getOutputStream(), true);
                String line;
                while ((line = in.readLine()) != null) {
                    out.println(add(line.trim().split("\\s+")));
                }
            } catch (IOException e) {
                System.out.println("client lost: " + e.getMessage());
            }
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
