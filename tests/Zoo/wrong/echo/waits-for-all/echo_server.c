#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *handle(void *arg)
{
    int client = (int)(long)arg;
    char buffer[1000];
    ssize_t n;

    while ((n = recv(client, buffer, sizeof buffer, MSG_WAITALL)) > 0) {
        if (send(client, buffer, n, MSG_NOSIGNAL) < 0)
            break;
    }
    close(client);
    return NULL;
}

int main(int argc, char *argv[])
{
    int yes = 1, server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};

    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    bind(server, (struct sockaddr *)&address, sizeof address);
    listen(server, 256);
    while (1) {
        int client = accept(server, NULL, NULL);
        pthread_t thread;
        if (client >= 0 && pthread_create(&thread, NULL, handle, (void *)(long)client) == 0)
            pthread_detach(thread);
    }
}
