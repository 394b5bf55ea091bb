import Services
import Testing

struct ServerSettingsTests {
    static func settings() -> ServerSettings {
        ServerSettings(keys: [
            .init("data"), .init("port", .number), .init("secure-cookies", .flag), .init("public-url"),
        ])
    }

    @Test func `the command line goes before the environment, the environment before the file`() {
        var settings = Self.settings()
        settings.add(
            file: "# 说明\n\n data = /srv/a b \nport=80\nsecure-cookies = 是\npublic-url = https://x/?a=b\n", named: "f")
        settings.add(environment: ["FENGSUI_PORT": "81", "FENGSUI_OTHER": "x", "PATH": "/bin"])
        #expect(settings.mistakes.isEmpty)
        #expect(
            settings.arguments(besides: [])
                == ["--data=/srv/a b", "--port=81", "--secure-cookies", "--public-url=https://x/?a=b"])
        #expect(settings.values["port"]?.place == "环境变量 FENGSUI_PORT")
        #expect(settings.arguments(besides: ["--port", "82", "--data=/d"]).contains("--port=81") == false)
        #expect(settings.arguments(besides: ["--data=/d"]).first == "--port=81")
    }

    @Test func `every mistake is named with its line, none hides another`() {
        var settings = Self.settings()
        settings.add(
            file: "prot = 80\nport = achtzig\njust words\nsecure-cookies = vielleicht\ndata =\nport = 1", named: "f")
        #expect(
            settings.mistakes.map(\.line) == [
                "f 第 1 行:没有“prot”这一项,是不是“port”", "f 第 2 行:“port”应是整数,写的是“achtzig”", "f 第 3 行:应写成“名 = 值”:just words",
                "f 第 4 行:“secure-cookies”写“是”或“否”(yes、no),写的是“vielleicht”", "f 第 5 行:“data”没有写值",
                "f 第 6 行:“port”在第 2 行已经写过",
            ])
        #expect(settings.arguments(besides: []).isEmpty)
    }

    @Test func `a switch that is off is no argument`() {
        var settings = Self.settings()
        settings.add(file: "secure-cookies = no", named: "f")
        #expect(settings.arguments(besides: []).isEmpty)
        #expect(settings.mistakes.isEmpty)
    }
}
