#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(int argc, char *argv[])
{
    int server = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    struct sockaddr_in client;
    char buffer[1024];

    bind(server, (struct sockaddr *)&address, sizeof address);
    while (1) {
        socklen_t length = sizeof client;
        ssize_t n = recvfrom(server, buffer, sizeof buffer, 0, (struct sockaddr *)&client, &length);
        if (n >= 0)
            sendto(server, buffer, n, 0, (struct sockaddr *)&client, length);
    }
}
