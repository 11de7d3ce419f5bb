#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int client)
{
    char buffer[4096];
    ssize_t n;

    while ((n = read(client, buffer, sizeof buffer)) > 0)
        for (ssize_t sent = 0, m; sent < n; sent += m)
            if ((m = write(client, buffer + sent, n - sent)) < 0)
                return;
}

int main(int argc, char *argv[])
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};

    if (bind(server, (struct sockaddr *)&address, sizeof address) < 0) {
        perror("bind");
        return 1;
    }
    listen(server, 256);
    signal(SIGCHLD, SIG_IGN); /* no zombies */
    while (1) {
        int client = accept(server, NULL, NULL);
        if (client < 0)
            continue;
        if (fork() == 0) {
            close(server);
            serve(client);
            exit(0);
        }
        close(client);
    }
}
