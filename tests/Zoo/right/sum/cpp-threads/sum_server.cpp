// Sum server: a thread for each client, numbers as strings of digits. Usage: sum_server PORT
#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <sstream>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using std::string;

struct Number {
    bool negative = false;
    string whole, fraction;
};

static bool parse(const string &word, Number &number) {
    size_t start = word[0] == '-' || word[0] == '+';
    size_t point = word.find('.');
    number.negative = word[0] == '-';
    number.whole = word.substr(start, point - start);
    number.fraction = point == string::npos ? "0" : word.substr(point + 1);
    string digits = number.whole + number.fraction;
    return !number.whole.empty() && !number.fraction.empty() &&
           std::all_of(digits.begin(), digits.end(), [](unsigned char c) { return c < 128 && isdigit(c); });
}

// a + b, or a - b where a is not smaller; both are equally long
static string combine(const string &a, const string &b, int sign) {
    string result(a.size() + 1, '0');
    int carry = 0;
    for (size_t i = a.size(); i-- > 0;) {
        int value = (a[i] - '0') + sign * (b[i] - '0') + carry;
        carry = value < 0 ? -1 : value / 10;
        result[i + 1] = '0' + (value + 10) % 10;
    }
    result[0] += carry;
    return result;
}

static string add(Number a, Number b) {
    size_t places = std::max(a.fraction.size(), b.fraction.size());
    size_t width = std::max(a.whole.size(), b.whole.size());
    for (Number *n : {&a, &b}) {
        n->fraction.append(places - n->fraction.size(), '0');
        n->whole.insert(0, width - n->whole.size(), '0');
    }
    string x = a.whole + a.fraction, y = b.whole + b.fraction;
    if (a.negative != b.negative && x < y)
        std::swap(x, y), std::swap(a, b);
    string sum = combine(x, y, a.negative == b.negative ? 1 : -1);
    sum.insert(sum.size() - places, ".");
    sum.erase(0, std::min(sum.find_first_not_of('0'), sum.find('.') - 1));
    sum.erase(sum.find_last_not_of('0') + 1);
    if (sum.back() == '.')
        sum.pop_back();
    return (a.negative && sum != "0" ? "-" : "") + sum;
}

static string answer(const string &line) {
    std::istringstream words(line);
    string first, second, third;
    Number a, b;
    if (!(words >> first >> second) || words >> third || !parse(first, a) || !parse(second, b))
        return "error: enter two numbers\n";
    return add(a, b) + "\n";
}

static void serve(int client) {
    string buffer;
    char chunk[4096];
    ssize_t count;
    while ((count = recv(client, chunk, sizeof chunk, 0)) > 0) {
        buffer.append(chunk, count);
        size_t end;
        while ((end = buffer.find('\n')) != string::npos) {
            string reply = answer(buffer.substr(0, end));
            buffer.erase(0, end + 1);
            for (size_t sent = 0; sent < reply.size();) {
                ssize_t part = send(client, reply.data() + sent, reply.size() - sent, MSG_NOSIGNAL);
                if (part < 0)
                    break;
                sent += part;
            }
        }
    }
    close(client);
}

int main(int argc, char **argv) {
    if (argc < 2)
        return 2;
    int yes = 1, listener = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (sockaddr *)&address, sizeof address) < 0 || listen(listener, 256) < 0) {
        perror("cannot listen");
        return 1;
    }
    for (;;) {
        int client = accept(listener, nullptr, nullptr);
        if (client >= 0)
            std::thread(serve, client).detach();
    }
}
