#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {0};
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    address.sin_addr.s_addr = INADDR_ANY;

    bind(server, (struct sockaddr *)&address, sizeof address);
    listen(server, 256)

    while (1) {
        char buffer[1024];
        int n, client = accept(server, NULL, NULL);
        while ((n = recv(client, buffer, sizeof buffer, 0)) > 0)
            send(client, buffer, n, 0);
        close(client);
    }
}
