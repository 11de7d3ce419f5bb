// to_string is in <string>, and in std: the compiler knows no such name.
#include <cstdlib>
#include <iostream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int server = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    bind(server, (sockaddr *)&address, sizeof address);
    listen(server, 10);
    while (true) {
        char line[100] = "";
        int client = accept(server, nullptr, nullptr);
        while (recv(client, line, sizeof line - 1, 0) > 0) {
            long a, b;
            sscanf(line, "%ld %ld", &a, &b);
            std::string sum = toString(a + b) + "\n";
            send(client, sum.c_str(), sum.size(), 0);
        }
        close(client);
    }
}
